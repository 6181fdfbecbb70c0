"""Alerts at 24, 30 and 33 months, and at 36 a check that a person settles."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from tests import make
from zaiti import clock
from zaiti.carriers.actions import settle_inactivity_check
from zaiti.carriers.models import InactivityCheck
from zaiti.carriers.queries import counted_from, months_since
from zaiti.carriers.tasks import follow_up_clock, open_inactivity_checks
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message

pytestmark = pytest.mark.stands("one_carrier")


def marks():
    return [(row.months, row.to_settle) for row in open_inactivity_checks()]


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (23, []),
        (24, [(24, False)]),
        (29, [(24, False)]),
        (30, [(30, False)]),
        (33, [(33, False)]),
        (36, [(36, True)]),
        (50, [(36, True)]),
    ],
)
def test_each_mark_is_told_of(months, expected):
    make.inactive(months)
    assert marks() == expected


def test_once_only():
    make.inactive(36)
    assert len(marks()) == 1
    assert marks() == []


def test_the_unit_and_its_district_are_told_and_at_the_end_the_city():
    carrier = make.inactive(36)
    officers = {make.holder("officer").pk, make.holder("officer", make.city()).pk}
    open_inactivity_checks()
    told = Message.objects.filter(template="carriers/mail/inactive_bureau.txt")
    assert officers <= set(told.values_list("to", flat=True))
    to_unit = Message.objects.get(template="carriers/mail/inactive.txt")
    assert to_unit.to.organisation == carrier.organisation
    assert "没有数据不等于未开展培训" in to_unit.body
    assert Entry.objects.first().verb == "open_inactivity_check"


def test_only_verified_training_counts_and_begins_the_count_anew():
    carrier = make.inactive(40)
    year = clock.today().year - 1
    make.verified_training(carrier, year, last_training_on=date(year, 12, 1))
    assert counted_from(carrier) == date(year, 12, 1)
    assert marks() == []


def test_a_verified_year_without_any_course_is_no_training():
    carrier = make.inactive(36)
    make.verified_training(carrier, clock.today().year - 1, sessions=0, people=0)
    assert counted_from(carrier) == carrier.recognised_on


def test_without_a_day_a_year_counts_to_its_end():
    carrier = make.inactive(40)
    year = clock.today().year - 1
    make.verified_training(carrier, year)
    assert counted_from(carrier) == date(year, 12, 31)


@pytest.mark.parametrize("state", ["revoking", "revoked"])
def test_a_carrier_under_revocation_is_left_alone(state):
    make.inactive(40, state=state)
    assert marks() == []


def test_a_month_is_whole_on_its_day():
    with clock.at(clock.now().replace(year=2026, month=3, day=14)):
        assert months_since(date(2024, 3, 15)) == 23
        assert months_since(date(2024, 3, 14)) == 24


def test_a_person_settles_the_check():
    make.inactive(36)
    check, officer = open_inactivity_checks()[0], make.holder("officer")
    settle_inactivity_check(check, by=officer, conclusion="有培训，数据补报中。")
    assert (check.settled_by, check.conclusion) == (officer, "有培训，数据补报中。")
    check.carrier.refresh_from_db()
    assert check.carrier.state == "active"
    with pytest.raises(Refused):
        settle_inactivity_check(check, by=officer, conclusion="…")


def test_an_alert_asks_for_no_settlement():
    make.inactive(24)
    with pytest.raises(Refused):
        settle_inactivity_check(open_inactivity_checks()[0], by=make.holder("officer"), conclusion="…")


def test_others_may_not_settle():
    make.inactive(36)
    with pytest.raises(PermissionDenied):
        settle_inactivity_check(open_inactivity_checks()[0], by=make.applicant(), conclusion="…")


def test_the_job_and_the_command_do_the_same():
    make.inactive(36)
    call_command("follow_up_clock", stdout=(out := StringIO()))
    assert "checks to settle: 1" in out.getvalue()
    follow_up_clock.func(timestamp=0)
    assert InactivityCheck.objects.count() == 1
