from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.applications.models import Application
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.screening.actions import decline
from zaiti.screening.models import Ruling


def test_it_ends_with_a_notice_that_gives_the_reason():
    application, officer = make.to_screen()
    ruling = decline(application, by=officer, reason="不属于申报对象。")
    assert application.state == Application.State.DECLINED
    assert (ruling.outcome, ruling.reason) == (Ruling.Outcome.DECLINED, "不属于申报对象。")
    assert (ruling.paper.kind, ruling.paper.facts["reasons"]) == ("refusal", ["不属于申报对象。"])
    assert Message.objects.get().template == "screening/mail/declined.txt"
    assert Entry.objects.get(verb="decline").by == officer


def test_it_needs_a_reason():
    application, officer = make.to_screen()
    with pytest.raises(Refused):
        decline(application, by=officer, reason=" ")


def test_it_is_refused_while_the_applicant_may_still_correct():
    application, officer, correction = make.returned()
    with pytest.raises(Refused):
        decline(application, by=officer, reason="逾期未补正。")
    with clock.at(clock.end_of_day(correction.due)):
        decline(application, by=officer, reason="逾期未补正。")
    assert application.state == Application.State.DECLINED


def test_it_is_refused_once_the_time_to_answer_is_over():
    application, officer = make.to_screen()
    last_second = clock.end_of_day(application.answer_due) - timedelta(seconds=1)
    with clock.at(last_second + timedelta(seconds=1)), pytest.raises(Refused):
        decline(application, by=officer, reason="…")
    with clock.at(last_second):
        decline(application, by=officer, reason="…")


@pytest.mark.parametrize("state", make.others(Application, "decline"))
def test_it_is_refused_in_any_other_state(state):
    application, officer = make.to_screen(state=state)
    with pytest.raises(Refused):
        decline(application, by=officer, reason="…")


def test_others_may_not():
    application, _officer = make.to_screen()
    for person in (make.holder("approver"), make.holder("officer", make.district("futian")), make.user()):
        with pytest.raises(PermissionDenied):
            decline(application, by=person, reason="…")


def test_what_arrived_in_time_is_declined_though_the_time_is_over_now():
    application, officer = make.to_screen()
    end = clock.end_of_day(application.answer_due)
    with clock.at(end + timedelta(seconds=16)):
        with pytest.raises(Refused, match="deemed accepted"):
            decline(application, by=officer, reason="不属于申报对象", arrived=end)
        decline(application, by=officer, reason="不属于申报对象", arrived=end - timedelta(seconds=1))
    assert application.state == Application.State.DECLINED
