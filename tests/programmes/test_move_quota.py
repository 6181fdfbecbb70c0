from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.programmes.actions import move_quota
from zaiti.programmes.models import Cycle, Quota, QuotaMove

BEFORE = datetime(2024, 8, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _in_time():
    with clock.at(BEFORE):
        yield


def two_quotas():
    source, target = make.quota(3), make.quota(1, authority=make.district("yantian"))
    return source, target, make.holder("officer", make.city())


def test_places_go_from_one_district_to_the_other_on_record():
    source, target, by = two_quotas()
    moved = move_quota(source, target, by=by, places=2, reason="盐田申报踊跃")
    assert (Quota.objects.get(pk=source.pk).places, Quota.objects.get(pk=target.pk).places) == (1, 3)
    assert (moved.reason, moved.by, moved.at) == ("盐田申报踊跃", by, clock.now())
    assert Entry.objects.get(verb="move_quota").facts["places"] == 2


def test_officers_of_both_districts_are_told():
    source, target, by = two_quotas()
    there, here = make.holder("officer"), make.holder("officer", make.district("yantian"))
    move_quota(source, target, by=by, places=1, reason="调剂")
    for person in (there, here):
        message = person.inbox.get()
        assert message.template == "programmes/mail/quota_moved.txt"
        assert "调剂" in message.body
        assert "名额1个" in message.body


def test_places_that_a_published_call_states_may_still_move():
    source, target, by = two_quotas()
    Quota.objects.update(frozen_at=clock.now())
    move_quota(source, target, by=by, places=1, reason="调剂")
    assert Quota.objects.get(pk=source.pk).places == 2


@pytest.mark.parametrize("places", [0, -1, 4])
def test_more_than_there_are_or_none_is_refused(places):
    source, target, by = two_quotas()
    with pytest.raises(Refused):
        move_quota(source, target, by=by, places=places, reason="调剂")
    assert not QuotaMove.objects.exists()


def test_a_move_without_a_reason_is_refused():
    source, target, by = two_quotas()
    with pytest.raises(Refused):
        move_quota(source, target, by=by, places=1, reason=" ")


def test_from_one_type_to_another_is_refused():
    source, _target, by = two_quotas()
    with pytest.raises(Refused):
        move_quota(source, make.quota(1, code="studio"), by=by, places=1, reason="调剂")


def test_to_itself_is_refused():
    source, _target, by = two_quotas()
    with pytest.raises(Refused):
        move_quota(source, source, by=by, places=1, reason="调剂")


def test_after_the_report_deadline_it_is_refused():
    source, target, by = two_quotas()
    Cycle.objects.update(report_deadline=date(2024, 7, 31))
    source.cycle.refresh_from_db()
    with pytest.raises(Refused):
        move_quota(source, target, by=by, places=1, reason="调剂")


def test_on_the_last_day_for_reports_it_is_open():
    source, target, by = two_quotas()
    Cycle.objects.update(report_deadline=BEFORE.date())
    assert move_quota(source, target, by=by, places=1, reason="调剂").pk


def test_in_a_closed_year_it_is_refused():
    source, target, by = two_quotas()
    Cycle.objects.update(state=Cycle.State.CLOSED)
    with pytest.raises(Refused):
        move_quota(source, target, by=by, places=1, reason="调剂")


def test_a_district_may_not_help_itself():
    source, target, _by = two_quotas()
    with pytest.raises(PermissionDenied):
        move_quota(source, target, by=make.holder("officer"), places=1, reason="调剂")
