"""Approving or sending back the meeting's decision."""

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.outbox.models import Message
from zaiti.papers.typst import render_pdf
from zaiti.ranking.actions import approve_list, send_back_list
from zaiti.ranking.models import CandidateList


def test_it_is_approved_with_a_summary_and_the_officers_are_told():
    made, officer, approver = make.candidate_list("decided"), make.holder("officer"), make.holder("approver")
    approve_list(made, by=approver)
    assert (made.state, made.approved_by, made.paper.kind) == ("approved", approver, "summary")
    assert [m.template for m in Message.objects.filter(to=officer)] == ["ranking/mail/approved.txt"]


def test_the_summary_lists_each_application_with_its_conclusion():
    made = make.candidate_list("approved", totals=(90, 80, 60))
    conclusions = [row[-1] for row in made.paper.facts["rows"]]
    assert conclusions == ["列入候选名单", "列入候选名单", "未达合格线"]
    assert render_pdf(made.paper).startswith(b"%PDF")


def test_who_wrote_the_decision_may_not_approve_it():
    made = make.candidate_list("decided")
    make.now_approves(made.prepared_by, made.authority)
    with pytest.raises(PermissionDenied):
        approve_list(made, by=made.prepared_by)


@pytest.mark.parametrize("role", ["officer", "reviewer", "supervisor"])
def test_only_an_approver_approves(role):
    with pytest.raises(PermissionDenied):
        approve_list(make.candidate_list("decided"), by=make.holder(role))


def test_another_districts_approver_may_not():
    with pytest.raises(PermissionDenied):
        approve_list(make.candidate_list("decided"), by=make.holder("approver", make.district("futian")))


@pytest.mark.parametrize("state", make.others(CandidateList, "approve"))
def test_it_is_refused_in_any_other_state(state):
    made = make.candidate_list(state)
    with pytest.raises(Refused):
        approve_list(made, by=make.holder("approver"))


def test_sent_back_it_frees_the_places_and_tells_its_writer_why():
    made = make.candidate_list("decided")
    send_back_list(made, by=make.holder("approver"), reason="会议记录不完整")
    assert (made.state, made.sent_back_reason) == ("ranked", "会议记录不完整")
    assert {row.state for row in made.candidates.all()} == {"ranked"}
    message = Message.objects.get(to=made.prepared_by, template="ranking/mail/sent_back.txt")
    assert "会议记录不完整" in message.body


def test_sent_back_it_can_be_decided_anew():
    made = make.candidate_list("decided")
    send_back_list(made, by=make.holder("approver"), reason="请核对")
    make.decide_as_suggested(made)
    assert (made.state, made.sent_back_reason) == ("decided", "")


@pytest.mark.parametrize("state", make.others(CandidateList, "send_back"))
def test_sending_back_is_refused_in_any_other_state(state):
    made = make.candidate_list(state)
    with pytest.raises(Refused):
        send_back_list(made, by=make.holder("approver"), reason="…")


def test_an_officer_may_not_send_back():
    with pytest.raises(PermissionDenied):
        send_back_list(make.candidate_list("decided"), by=make.holder("officer"), reason="…")
