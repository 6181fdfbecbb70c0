"""Posting the candidates."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.ledger.moves import move
from zaiti.notices.models import Publication
from zaiti.outbox.models import Message
from zaiti.papers.typst import render_pdf
from zaiti.publicity.actions import post_candidates
from zaiti.ranking.actions import name_successor
from zaiti.ranking.models import Candidate, CandidateList

SHANGHAI = ZoneInfo("Asia/Shanghai")


def post(made: CandidateList, **fields):
    names = fields.pop("candidates", None) or make.candidates(made)
    by = fields.pop("by", None) or make.holder("officer")
    return post_candidates(made.cycle, fields.pop("authority", made.authority), by=by, candidates=names)


@pytest.mark.parametrize(
    ("day", "last"),
    [("2025-06-27", "2025-07-04"), ("2025-04-25", "2025-05-06"), ("2025-04-30", "2025-05-12")],
)
def test_the_last_day_is_the_fifth_working_day_after_the_posting(day, last):
    made = make.candidate_list("approved")
    with clock.at(datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=SHANGHAI)):
        assert post(made).last_day == date.fromisoformat(last)


def test_the_names_are_posted_and_published_with_an_official_text():
    made = make.candidate_list("approved")
    posting = post(made)
    assert [row.state for row in made.candidates.all()] == ["posted", "posted", "ranked"]
    assert posting.publication.kind == Publication.Kind.POSTING
    for name in posting.names.all():
        assert f"| {name.candidate} |" in posting.publication.body
    assert f"{posting.days}个工作日" in posting.publication.body
    assert "匿名异议不予受理" in posting.publication.body


def test_the_letter_is_public_and_can_be_typeset():
    posting = post(make.candidate_list("approved"))
    assert posting.paper.public
    assert posting.publication.paper == posting.paper
    assert render_pdf(posting.paper).startswith(b"%PDF")


def test_the_ledger_and_each_applicant_are_told():
    made, officer = make.candidate_list("approved"), make.holder("officer")
    posting = post(made, by=officer)
    assert Entry.objects.get(verb="post", thing_type="publicity.posting", thing_id=posting.pk).by == officer
    assert Message.objects.filter(template="publicity/mail/posted.txt").count() == 2


def test_all_types_of_a_district_go_into_one_posting():
    base, studio = make.candidate_list("approved"), make.candidate_list("approved", code="studio")
    posting = post(base, candidates=[*make.candidates(base), *make.candidates(studio)])
    assert [name.candidate.carrier_type.code for name in posting.names.all()] == ["base"] * 2 + ["studio"] * 2


@pytest.mark.parametrize("state", ["ranked", "decided"])
def test_names_of_a_list_that_is_not_approved_are_refused(state):
    made = make.candidate_list(state)
    with pytest.raises(Refused, match="approved"):
        post(made, candidates=list(made.candidates.all()))


def test_a_name_that_was_not_listed_is_refused():
    made = make.candidate_list("approved")
    with pytest.raises(Refused, match="approved"):
        post(made, candidates=make.candidates(made, Candidate.State.RANKED))


def test_names_are_posted_once():
    made = make.candidate_list("approved")
    names = make.candidates(made)
    post(made)
    with pytest.raises(Refused, match="approved"):
        post(made, candidates=names)


def test_an_empty_posting_is_refused():
    made = make.candidate_list("approved")
    with pytest.raises(Refused, match="no name"):
        post_candidates(made.cycle, made.authority, by=make.holder("officer"), candidates=[])


def test_another_districts_names_are_refused():
    made, other = make.candidate_list("approved"), make.district("futian")
    with pytest.raises(Refused, match="this district"):
        post(made, authority=other, by=make.holder("officer", other))


def test_a_closed_year_is_refused():
    made = make.candidate_list("approved")
    move(made.cycle, "close", by=None)
    with pytest.raises(Refused, match="not under way"):
        post(made)


def test_a_successor_is_posted_by_another_person_than_named_it():
    made, officer = make.candidate_list("approved"), make.holder("officer")
    first = make.candidates(made)[0]
    move(first, "post", by=None)
    move(first, "block", by=None)
    follower = name_successor(first, by=officer, reason="递补")
    with pytest.raises(Refused, match="another person"):
        post(made, by=officer, candidates=[follower])
    assert post(made, candidates=[follower]).names.count() == 1


def test_another_district_may_not():
    with pytest.raises(PermissionDenied):
        post(make.candidate_list("approved"), by=make.holder("officer", make.district("futian")))


def test_a_supervisor_may_not():
    with pytest.raises(PermissionDenied):
        post(make.candidate_list("approved"), by=make.holder("supervisor"))


def test_the_text_is_signed_and_its_days_begin_with_the_first_that_counts():
    made = make.candidate_list("approved")
    with clock.at(datetime(2025, 6, 27, 10, tzinfo=SHANGHAI)):
        posting = post(made)
    body = posting.publication.body
    assert "自2025年6月30日起至2025年7月4日24时止" in body
    assert body.endswith(f"{posting.authority.name}  \n2025年6月27日")
    assert body.index("联系电话") < body.index(f"{posting.authority.name}  \n")


def test_a_posting_of_successors_has_a_title_of_its_own():
    made = make.candidate_list("approved")
    first, second = make.candidates(made)
    Candidate.objects.filter(pk=second.pk).update(named_by=make.holder("reviewer"))
    titles = [
        post(made, candidates=[row]).publication.title for row in (first, Candidate.objects.get(pk=second.pk))
    ]
    assert titles[0].endswith("候选名单的公示")
    assert titles[1].endswith("候选名单（递补）的公示")
