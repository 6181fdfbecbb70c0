"""Looking into an objection, answering it by two persons, and what follows for the name."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.outbox.models import Message
from zaiti.papers.typst import render_pdf
from zaiti.publicity.actions import (
    close_posting,
    decide_objection,
    propose_answer,
    send_back_answer,
    take_up,
    turn_away,
)
from zaiti.publicity.models import Objection
from zaiti.publicity.rules import may_see_objector

pytestmark = pytest.mark.stands("posting")


def test_an_officer_takes_it_up():
    made, officer = make.objection(), make.holder("officer")
    take_up(made, by=officer)
    assert (made.state, made.handled_by) == ("handling", officer)


def test_a_proposed_answer_goes_to_the_approvers():
    approver = make.holder("approver")
    made = make.objection(state="proposed")
    assert (made.state, made.upholds) == ("proposed", True)
    assert Message.objects.filter(to=approver, template="publicity/mail/answer_proposed.txt").exists()


def test_upheld_it_blocks_the_name_and_answers_by_letter():
    made = make.objection(state="proposed", upholds=True)
    decide_objection(made, by=make.holder("approver"))
    made.candidate.refresh_from_db()
    assert (made.state, made.candidate.state) == ("upheld", "blocked")
    assert made.answer_paper.facts["conclusion"] == "异议成立"
    assert render_pdf(made.answer_paper).startswith(b"%PDF")


def test_the_blocked_unit_is_told_but_not_by_whom():
    made = make.objection(state="proposed")
    decide_objection(made, by=make.holder("approver"))
    message = Message.objects.get(template="publicity/mail/blocked.txt")
    assert message.to == made.candidate.review.application.contact
    assert "示例甲" not in message.body


def test_rejected_while_the_posting_runs_the_name_stays_posted():
    made = make.objection(state="proposed", upholds=False)
    decide_objection(made, by=make.holder("approver"))
    made.candidate.refresh_from_db()
    assert (made.state, made.candidate.state) == ("rejected", "posted")


def test_rejected_after_the_last_day_the_name_passes():
    made = make.objection(state="proposed", upholds=False)
    with clock.at(make.after(made.posting) + timedelta(days=1)):
        close_posting(made.posting, by=None)
        decide_objection(made, by=make.holder("approver"))
    made.candidate.refresh_from_db()
    assert made.candidate.state == "cleared"


def test_another_open_objection_still_holds_the_name():
    posting = make.posting()
    first, second = (make.objection(posting, state="proposed", upholds=False) for _ in range(2))
    with clock.at(make.after(posting)):
        close_posting(posting, by=None)
        decide_objection(first, by=make.holder("approver"))
        first.candidate.refresh_from_db()
        assert first.candidate.state == "posted"
        decide_objection(second, by=make.holder("approver"))
    first.candidate.refresh_from_db()
    assert first.candidate.state == "cleared"


def test_a_second_upheld_objection_finds_the_name_blocked_already():
    posting = make.posting()
    objections = [make.objection(posting, state="proposed") for _ in range(2)]
    for made in objections:
        decide_objection(made, by=make.holder("approver"))
    assert {made.state for made in objections} == {"upheld"}


def test_who_proposed_the_answer_may_not_decide():
    made = make.objection(state="proposed")
    make.now_approves(made.prepared_by, made.posting.authority)
    with pytest.raises(PermissionDenied):
        decide_objection(made, by=made.prepared_by)


def test_sent_back_it_is_handled_again_with_the_reason():
    made = make.objection(state="proposed")
    send_back_answer(made, by=make.holder("approver"), reason="请补充核查经过")
    assert (made.state, made.sent_back_reason) == ("handling", "请补充核查经过")
    assert Message.objects.filter(
        to=made.prepared_by, template="publicity/mail/answer_sent_back.txt"
    ).exists()


def test_turned_away_it_is_answered_by_letter_and_no_longer_blocks():
    made = make.objection()
    with clock.at(make.after(made.posting)):
        close_posting(made.posting, by=None)
        turn_away(made, by=make.holder("reviewer"), reason="与公示名单无关")
    made.candidate.refresh_from_db()
    assert (made.state, made.answer_paper.facts["conclusion"]) == ("not_admitted", "不予受理")
    assert made.candidate.state == "cleared"


DEEDS = {
    "take_up": lambda made, by: take_up(made, by=by),
    "turn_away": lambda made, by: turn_away(made, by=by, reason="…"),
    "propose": lambda made, by: propose_answer(made, by=by, upholds=False, answer="…"),
    "send_back": lambda made, by: send_back_answer(made, by=by, reason="…"),
    "reject": lambda made, by: decide_objection(made, by=by),
}
DOERS = {
    "take_up": "officer",
    "turn_away": "reviewer",
    "propose": "officer",
    "send_back": "approver",
    "reject": "approver",
}


@pytest.mark.parametrize(
    ("verb", "state"), [(verb, s) for verb in DEEDS for s in make.others(Objection, verb)]
)
def test_each_step_is_refused_in_any_other_state(verb, state):
    made, by = make.objection(), make.holder(DOERS[verb])
    Objection.objects.update(state=state)
    with pytest.raises(Refused):
        DEEDS[verb](made, by)


@pytest.mark.parametrize("verb", DEEDS)
def test_another_district_may_do_none_of_it(verb):
    stranger = make.holder(DOERS[verb], make.district("futian"))
    with pytest.raises(PermissionDenied):
        DEEDS[verb](make.objection(), stranger)


@pytest.mark.parametrize(
    ("verb", "role"), [("take_up", "approver"), ("turn_away", "officer"), ("reject", "officer")]
)
def test_each_step_has_its_role(verb, role):
    with pytest.raises(PermissionDenied):
        DEEDS[verb](make.objection(), make.holder(role))


def test_only_the_posting_district_learns_who_objected():
    made = make.objection()
    assert may_see_objector(make.holder("officer"), made)
    assert not may_see_objector(make.holder("reviewer", make.city()), made)
    assert not may_see_objector(make.holder("officer", make.district("futian")), made)
    assert not may_see_objector(make.holder("auditor"), made)


def test_who_sees_that_there_is_an_objection():
    made = make.objection()
    seen = {
        "district": Objection.objects.visible_to(make.holder("officer")).count(),
        "city": Objection.objects.visible_to(make.holder("officer", make.city())).count(),
        "stranger": Objection.objects.visible_to(make.holder("officer", make.district("futian"))).count(),
        "applicant": Objection.objects.visible_to(made.candidate.review.application.contact).count(),
    }
    assert seen == {"district": 1, "city": 1, "stranger": 0, "applicant": 0}
