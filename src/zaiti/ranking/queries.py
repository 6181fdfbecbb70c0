"""Reads of a ranking that pages and actions share."""

from collections.abc import Sequence
from decimal import Decimal

from zaiti.panels.models import Review
from zaiti.programmes.models import Quota
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.ranking.order import Entrant, cut, merit


def places(candidate_list: CandidateList) -> int:
    """How many places the quota gives to this list."""
    return Quota.objects.filter(**_kind(candidate_list)).values_list("places", flat=True).first() or 0


def entrant_of(review: Review, *, passes: bool = True) -> Entrant:
    """A scored review as the ranking compares it."""
    categories = {name: Decimal(str(points)) for name, points in review.category_totals.items()}
    number = review.application.number or ""
    return Entrant(review.pk, number, review.total or Decimal(), categories, passes)


def present(candidate_list: CandidateList) -> list[Candidate]:
    """The ranking by rank; until the meeting has decided, cut by the quota as it is today."""
    rows = list(
        candidate_list.candidates.select_related(
            "review__application__organisation", "successor_of__review__application__organisation"
        )
    )
    if candidate_list.state == CandidateList.State.RANKED:
        _recut(rows, places(candidate_list), candidate_list.cycle.tie_order)
    return rows


def next_in_line(blocked: Candidate) -> list[Candidate]:
    """Who may follow a blocked name: the next that passes, with all that equal it in every figure."""
    waiting = blocked.list.candidates.filter(state=Candidate.State.RANKED, passes=True)
    rows = list(waiting.select_related("review__application__organisation").order_by("rank"))
    order = blocked.cycle.tie_order
    return [row for row in rows if _merit(row, order) == _merit(rows[0], order)]


def deviates(candidate: Candidate, *, listed: bool) -> bool:
    """Tell whether the meeting departs from the ranking with this name."""
    return listed != candidate.suggested


def _merit(row: Candidate, order: Sequence[str]) -> tuple[Decimal, ...]:
    return merit(entrant_of(row.review), order)


def _recut(rows: Sequence[Candidate], places: int, tie_order: Sequence[str]) -> None:
    lines = cut([entrant_of(row.review, passes=row.passes) for row in rows], places, tie_order)
    for row in rows:
        line = lines[row.review_id]
        row.suggested, row.tied, row.tie_note = line.suggested, line.tied, line.note


def _kind(candidate_list: CandidateList) -> dict[str, int]:
    return {
        "cycle_id": candidate_list.cycle_id,
        "authority_id": candidate_list.authority_id,
        "carrier_type_id": candidate_list.carrier_type_id,
    }
