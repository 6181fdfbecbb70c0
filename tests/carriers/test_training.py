"""A carrier's training, year by year: reported, verified, and never guessed."""

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.carriers.actions import report_training, verify_training
from zaiti.carriers.queries import training_years
from zaiti.core import Refused
from zaiti.ledger.models import Entry

pytestmark = pytest.mark.stands("one_carrier")


def report(carrier, **fields):
    facts = {"year": carrier.year, "sessions": 4, "people": 80} | fields
    return report_training(carrier, by=make.owner_of(carrier), **facts)


def test_the_unit_reports_a_year():
    carrier = make.carrier()
    row = report(carrier, note="含线上")
    assert (row.sessions, row.people, row.note, row.verified_at) == (4, 80, "含线上", None)
    assert Entry.objects.first().verb == "report_training"


def test_until_it_is_verified_it_may_be_reported_anew():
    carrier = make.carrier()
    report(carrier)
    assert report(carrier, people=90).people == 90
    assert carrier.training_years.count() == 1


def test_verified_it_counts_and_stands():
    carrier, officer = make.carrier(), make.holder("officer")
    row = report(carrier)
    verify_training(row, by=officer)
    assert (row.verified_by, Entry.objects.first().verb) == (officer, "verify_training")
    with pytest.raises(Refused):
        report(carrier, people=1)
    with pytest.raises(Refused):
        verify_training(row, by=officer)


@pytest.mark.parametrize("year", [2023, 3000])
def test_years_before_recognition_and_to_come_are_refused(year):
    with pytest.raises(Refused):
        report(make.carrier(), year=year)


def test_more_people_need_at_least_one_course():
    with pytest.raises(Refused):
        report(make.carrier(), sessions=0, people=3)


def test_the_last_day_lies_in_the_year_and_not_ahead():
    carrier = make.carrier()
    with pytest.raises(Refused):
        report(carrier, last_training_on=clock.today().replace(year=carrier.year - 1))


def test_a_revoked_carrier_reports_nothing():
    with pytest.raises(Refused):
        report(make.carrier(state="revoked"))


def test_a_year_without_data_is_not_a_year_without_training():
    carrier = make.carrier(year=2024)
    with clock.at(clock.now().replace(year=2026)):
        make.verified_training(carrier, 2025, sessions=0, people=0)
        rows = training_years(carrier)
    assert [(row.year, row.data and row.data.sessions) for row in rows] == [
        (2026, None),
        (2025, 0),
        (2024, None),
    ]


@pytest.mark.parametrize("who", [make.applicant, lambda: make.holder("officer")])
def test_only_its_own_unit_reports(who):
    with pytest.raises(PermissionDenied):
        report_training(make.carrier(), by=who(), year=2024, sessions=1, people=1)


@pytest.mark.parametrize(
    "who",
    [
        make.applicant,
        lambda: make.holder("approver"),
        lambda: make.holder("officer", make.district("futian")),
    ],
)
def test_only_its_district_or_the_city_verifies(who):
    row = report(make.carrier())
    with pytest.raises(PermissionDenied):
        verify_training(row, by=who())
    verify_training(row, by=make.holder("officer", make.city()))
