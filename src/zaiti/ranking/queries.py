"""Reads of a ranking that pages and actions share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from zaiti.panels.models import Review
from zaiti.programmes.models import Quota
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.ranking.order import Cut, Entrant, cut, merit

APPLICATION = "review__application"
ORGANISATION = f"{APPLICATION}__organisation"


def places(candidate_list: CandidateList) -> int:
    """How many places the quota gives to this list."""
    return Quota.objects.filter(**_kind(candidate_list)).values_list("places", flat=True).first() or 0


def entrant_of(review: Review) -> Entrant:
    """A scored review as the ranking compares it."""
    categories = {name: Decimal(str(points)) for name, points in review.category_totals.items()}
    number = review.application.number or ""
    return Entrant(review.pk, number, review.total or Decimal(), categories)


@dataclass(frozen=True)
class Line:
    """Where the quota cuts a ranking: down to which rank, how many names, and who is tied there."""

    last: int
    number: int
    near: Mapping[int, Cut] = field(default_factory=dict)  # by review

    def draw(self, rows: Iterable[Candidate]) -> None:
        """Tell of each of these names where the line leaves it."""
        for row in rows:
            found = self.near.get(row.review_id) or Cut(suggested=row.passes and row.rank <= self.last)
            found = found if row.passes else Cut(suggested=False)
            row.suggested, row.tied, row.tie_note = found.suggested, found.tied, found.note


def line_of(candidate_list: CandidateList, places: int) -> Line:
    """Find the quota's line by the names beside it alone, however long the ranking."""
    passing = candidate_list.candidates.filter(passes=True).order_by("rank")
    if places <= 0:
        return Line(0, 0)
    beside = list(passing.values_list("rank", "total")[places - 1 : places + 1])
    if not beside:
        number = passing.count()
        return Line(candidate_list.candidates.count(), number)
    (last, total), *beyond = beside
    if not beyond or beyond[0][1] != total:
        return Line(last, places)
    return _tied(candidate_list, passing, places, total)


def _tied(candidate_list: CandidateList, passing: QuerySet[Candidate], places: int, total: Decimal) -> Line:
    above = passing.filter(total__gt=total).count()
    equals = [entrant_of(row.review) for row in passing.filter(total=total).select_related(APPLICATION)]
    near = cut(equals, places - above, candidate_list.cycle.tie_order)
    return Line(above, above + sum(one.suggested for one in near.values()), near)


def ranking_of(candidate_list: CandidateList) -> QuerySet[Candidate]:
    """The ranking by rank, with what is told of each name."""
    follows = "successor_of__review__application__organisation"
    return candidate_list.candidates.select_related(ORGANISATION, follows)


def present(candidate_list: CandidateList) -> list[Candidate]:
    """The ranking by rank; until the meeting has decided, cut by the quota as it is today."""
    rows = list(ranking_of(candidate_list))
    if candidate_list.state == CandidateList.State.RANKED:
        line_of(candidate_list, places(candidate_list)).draw(rows)
    return rows


def next_in_line(blocked: Candidate) -> list[Candidate]:
    """Who may follow a blocked name: the next that passes, with all that equal it in every figure."""
    waiting = blocked.list.candidates.filter(state=Candidate.State.RANKED, passes=True)
    first = waiting.order_by("rank").values("total")[:1]
    rows = list(waiting.filter(total=first).select_related(ORGANISATION).order_by("rank"))
    order = blocked.cycle.tie_order
    return [row for row in rows if _merit(row, order) == _merit(rows[0], order)]


def deviates(candidate: Candidate, *, listed: bool) -> bool:
    """Tell whether the meeting departs from the ranking with this name."""
    return listed != candidate.suggested


def _merit(row: Candidate, order: Sequence[str]) -> tuple[Decimal, ...]:
    return merit(entrant_of(row.review), order)


def _kind(candidate_list: CandidateList) -> dict[str, int]:
    return {
        "cycle_id": candidate_list.cycle_id,
        "authority_id": candidate_list.authority_id,
        "carrier_type_id": candidate_list.carrier_type_id,
    }
