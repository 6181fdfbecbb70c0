"""The meeting's decision upon a ranking."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.programmes.models import Quota
from zaiti.ranking.actions import decide_list
from zaiti.ranking.models import Candidate, CandidateList


def decide(made, listed, reasons=None, **fields):
    keys = {row.rank: row.pk for row in made.candidates.all()}
    decide_list(
        made,
        **{
            "by": fields.pop("by", None) or make.holder("officer"),
            "meeting_on": clock.today(),
            "meeting_text": "会议同意。",
            "listed": {keys[rank] for rank in listed},
            "reasons": {keys[rank]: reason for rank, reason in (reasons or {}).items()},
        }
        | fields,
    )


def test_it_lists_the_names_and_keeps_the_meetings_words():
    made, officer = make.candidate_list(), make.holder("officer")
    decide(made, {1, 2}, by=officer, meeting_text="按排名列入。")
    assert (made.state, made.prepared_by, made.meeting_text) == ("decided", officer, "按排名列入。")
    assert [row.state for row in made.candidates.all()] == ["listed", "listed", "ranked"]


def test_it_tells_the_approvers_and_the_ledger():
    made, approver = make.candidate_list(), make.holder("approver")
    decide(made, {1, 2})
    assert [m.template for m in Message.objects.filter(to=approver)] == ["ranking/mail/decided.txt"]
    assert Entry.objects.filter(verb="decide", thing_id=made.pk).count() == 1
    assert Entry.objects.filter(verb="list").count() == 2


def test_a_reviewer_may_write_it_down_too():
    made = make.candidate_list()
    decide(made, {1, 2}, by=make.holder("reviewer"))
    assert made.state == CandidateList.State.DECIDED


def test_leaving_out_a_suggested_name_needs_a_reason():
    with pytest.raises(Refused, match="departs"):
        decide(make.candidate_list(), {1})


def test_listing_a_name_that_was_not_suggested_needs_a_reason_for_both():
    with pytest.raises(Refused, match="departs"):
        decide(make.candidate_list(), {1, 3}, {3: "服务本区重点产业"})


def test_with_its_reasons_a_departure_is_kept():
    made = make.candidate_list()
    decide(made, {1, 3}, {2: "经核实已外迁", 3: "依次递补"})
    assert [row.deviation_reason for row in made.candidates.all()] == ["", "经核实已外迁", "依次递补"]


def test_a_reason_of_blanks_is_no_reason():
    with pytest.raises(Refused, match="departs"):
        decide(make.candidate_list(), {1}, {2: "  "})


def test_a_reason_without_a_departure_is_not_kept():
    made = make.candidate_list()
    decide(made, {1, 2}, {1: "多余"})
    assert made.candidates.get(rank=1).deviation_reason == ""


def test_the_meetings_vote_may_break_a_tie_with_its_reason():
    made = make.candidate_list(totals=(90, 80, 80))
    decide(made, {1, 3}, {3: "评审组表决，5票赞成"})
    assert made.candidates.get(rank=3).state == Candidate.State.LISTED


def test_an_unbroken_tie_may_be_awarded_fewer_without_a_reason():
    made = make.candidate_list(totals=(90, 80, 80))
    decide(made, {1})
    assert [row.state for row in made.candidates.all()] == ["listed", "ranked", "ranked"]


def test_a_name_below_the_line_is_never_listed():
    made = make.candidate_list(totals=(90, 60))
    with pytest.raises(Refused, match="below the pass line"):
        decide(made, {1, 2}, {2: "重点支持"})


def test_more_names_than_places_are_refused():
    with pytest.raises(Refused, match="2 places"):
        decide(make.candidate_list(), {1, 2, 3}, {3: "增补"})


def test_a_name_of_another_ranking_is_refused():
    other = make.candidate_list(code="studio").candidates.first()
    made = make.candidate_list()
    with pytest.raises(Refused, match="of this ranking"):
        decide_list(
            made,
            by=make.holder("officer"),
            meeting_on=clock.today(),
            meeting_text="…",
            listed={other.pk},
            reasons={},
        )


def test_a_meeting_to_come_is_refused():
    with pytest.raises(Refused, match="still to come"):
        decide(make.candidate_list(), {1, 2}, meeting_on=clock.today() + timedelta(days=1))


def test_places_moved_after_the_ranking_count_at_the_decision():
    made = make.candidate_list()
    Quota.objects.filter(carrier_type=made.carrier_type).update(places=3)
    decide(made, {1, 2, 3})
    assert all(made.candidates.values_list("suggested", flat=True))


@pytest.mark.parametrize("state", make.others(CandidateList, "decide"))
def test_it_is_refused_in_any_other_state(state):
    made = make.candidate_list(state)
    with pytest.raises(Refused):
        decide(made, {1, 2})


@pytest.mark.parametrize("role", ["approver", "supervisor", "auditor"])
def test_others_may_not(role):
    with pytest.raises(PermissionDenied):
        decide(make.candidate_list(), {1, 2}, by=make.holder(role))


def test_the_city_may_not():
    with pytest.raises(PermissionDenied):
        decide(make.candidate_list(), {1, 2}, by=make.holder("officer", make.city()))
