"""Reads of postings and objections that pages and actions share."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.notices.models import Publication
from zaiti.programmes.models import Cycle
from zaiti.publicity.models import Objection, Posted, Posting, PostingCorrection
from zaiti.ranking.models import Candidate, CandidateList


def open_objections(candidates: Iterable[Candidate]) -> QuerySet[Objection]:
    """Objections to these names that are not answered yet; each blocks its name's report."""
    keys = [candidate.pk for candidate in candidates]
    return Objection.objects.filter(candidate__in=keys, state__in=Objection.OPEN)


def may_still_object(candidate: Candidate) -> bool:
    """A posted name can be objected to until it is recognised; after the last day it is late [D]."""
    return candidate.state in (Candidate.State.POSTED, Candidate.State.CLEARED, Candidate.State.REPORTED)


def answer_day(posting: Posting, received: datetime) -> date | None:
    """The last day to answer an objection; None while the holiday table doesn't reach it."""
    return clock.term(localtime(received).date(), posting.cycle.objection_days)


def is_late(objection: Objection) -> bool:
    """Tell whether an objection came in after the last day of its name."""
    row = Posted.objects.filter(posting=objection.posting, candidate=objection.candidate).first()
    return row is not None and objection.received_at >= clock.end_of_day(row.last_day)


def waiting(cycle: Cycle, authority: Authority) -> QuerySet[Candidate]:
    """Names of approved lists that have not been posted yet."""
    listed = Candidate.objects.filter(cycle=cycle, authority=authority, state=Candidate.State.LISTED)
    approved = listed.filter(list__state=CandidateList.State.APPROVED)
    return approved.select_related("review__application__organisation", "carrier_type").order_by(
        "carrier_type__order", "rank"
    )


def names_of(posting: Posting) -> QuerySet[Posted]:
    """The names of a posting with what their rows show."""
    return posting.names.select_related(
        "candidate__review__application__organisation", "candidate__carrier_type"
    )


def standing_postings() -> QuerySet[Posting]:
    """Postings that the public reads: none whose text was taken down."""
    return Posting.objects.filter(publication__in=Publication.objects.standing())


def posting_of(text: Publication) -> Posting | None:
    """The posting that a text, or the text it corrects, belongs to."""
    return next((row.posting for row in text.and_earlier() if hasattr(row, "posting")), None)


def is_over(text: Publication) -> bool:
    """Tell whether a text may be taken down: its posting has ended, or a newer text replaced it."""
    posting = posting_of(text)
    return posting.state != Posting.State.OPEN if posting else hasattr(text, "replaced_by")


def posted_names(candidates: Iterable[Candidate]) -> dict[int, Posted]:
    """Under what names these candidates were posted last."""
    rows = Posted.objects.filter(candidate__in=[candidate.pk for candidate in candidates]).order_by("pk")
    return {row.candidate_id: row for row in rows}


def correction_in_hand(posting: Posting) -> PostingCorrection | None:
    """The correction of it that waits for approval or was sent back."""
    rows = posting.corrections.exclude(state=PostingCorrection.State.PUBLISHED)
    return rows.select_related("posting__authority", "prepared_by").first()


def newest(posting: Posting) -> Posting:
    """The posting that holds now: the last correction of this one."""
    while hasattr(posting, "replaced_by"):
        posting = posting.replaced_by
    return posting
