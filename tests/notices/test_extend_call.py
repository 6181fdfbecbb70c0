from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.notices.actions import extend_call
from zaiti.notices.models import Call, Publication

CLOSES = datetime(2024, 8, 25, 18, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _near_the_end():
    with clock.at(CLOSES - timedelta(hours=2)):
        yield


def published():
    return make.call(opens_at=CLOSES - timedelta(days=13), closes_at=CLOSES), make.holder("approver")


def test_it_closes_later_by_a_published_text_that_links_the_call():
    call, by = published()
    later = CLOSES + timedelta(days=1)
    extension = extend_call(call, by=by, closes_at=later, reason="系统故障")
    assert Call.objects.get(pk=call.pk).closes_at == later
    assert (extension.old_closes_at, extension.new_closes_at) == (CLOSES, later)
    text = extension.publication
    assert (text.kind, text.amends) == (Publication.Kind.EXTENSION, call.publication)
    assert "由2024年8月25日18时延长至2024年8月26日18时" in text.body
    assert f"/notices/{call.publication_id}/" in text.body
    assert Entry.objects.get(verb="extend").facts["reason"] == "系统故障"


def test_it_may_reopen_a_window_that_an_outage_closed():
    call, by = published()
    with clock.at(CLOSES + timedelta(hours=1)):
        extend_call(call, by=by, closes_at=CLOSES + timedelta(days=1), reason="系统故障")
        assert call.is_open()


@pytest.mark.parametrize("hours", [0, -1])
def test_a_closing_time_that_is_not_later_is_refused(hours):
    call, by = published()
    with pytest.raises(Refused):
        extend_call(call, by=by, closes_at=CLOSES + timedelta(hours=hours), reason="系统故障")


def test_a_closing_time_that_is_past_is_refused():
    call, by = published()
    with clock.at(CLOSES + timedelta(days=2)), pytest.raises(Refused):
        extend_call(call, by=by, closes_at=CLOSES + timedelta(days=1), reason="系统故障")


def test_without_a_reason_it_is_refused():
    call, by = published()
    with pytest.raises(Refused):
        extend_call(call, by=by, closes_at=CLOSES + timedelta(days=1), reason="")


@pytest.mark.parametrize("state", [Call.State.DRAFT, Call.State.PREPARED])
def test_a_call_that_is_not_published_is_refused(state):
    call = make.call(state=state, opens_at=CLOSES - timedelta(days=13), closes_at=CLOSES)
    with pytest.raises(Refused):
        extend_call(call, by=make.holder("approver"), closes_at=CLOSES + timedelta(days=1), reason="系统故障")


def test_an_officer_or_another_district_may_not():
    call, _by = published()
    for other in (make.holder("officer"), make.holder("approver", make.district("yantian"))):
        with pytest.raises(PermissionDenied):
            extend_call(call, by=other, closes_at=CLOSES + timedelta(days=1), reason="系统故障")
