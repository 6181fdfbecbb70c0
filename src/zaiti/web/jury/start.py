"""The expert's start page: what to score next, and all one's reviews; the chair's view of the spread."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from zaiti.accounts.models import User
from zaiti.core import require
from zaiti.panels.models import Explanation, Panel, Recusal, Review, ReviewQuerySet, ScoreSheet, Seat
from zaiti.panels.queries import spreads, widest_apart
from zaiti.web.jury.access import for_experts
from zaiti.web.ui.pages import Request, page

SHOWN = 50  # applications at once
SPREADS = 20
READ = ("panel__state", "state", "application__number", "application__organisation__name")


@dataclass(frozen=True)
class Mine:
    """One application, and one's own sheet for it."""

    review: Review
    sheet: ScoreSheet | None
    judged: bool  # at this moment; what is over shows the sheet one signed, and nothing else
    recused: bool

    @property
    def waits(self) -> bool:
        """Whether it waits for this expert's scores now."""
        open_now = self.review.state == Review.State.DISCUSSED and self.review.panel.state == "working"
        return open_now and self.judged and (self.sheet is None or self.sheet.state == "draft")

    @property
    def signed(self) -> bool:
        """Whether the expert's own sheet for it is signed."""
        return self.sheet is not None and self.sheet.state == ScoreSheet.State.SIGNED


@dataclass(frozen=True)
class Board:
    """One panel the expert sits on."""

    seat: Seat
    rows: list[Mine]


@for_experts
def start(request: Request) -> HttpResponse:
    """Everything one judges, with the next to score first."""
    reviews = _reviews(request.user)
    rows = Paginator(reviews, SHOWN).get_page(request.GET.get("page"))
    waiting = _waiting(reviews, request.user)
    looked_at = list(waiting[:SHOWN])
    mine = {row.review.pk: row for row in _mine([*rows, *looked_at], request.user)}
    to_score = [mine[row.pk] for row in looked_at if mine[row.pk].waits]
    more = waiting.count() - SHOWN if len(looked_at) == SHOWN else 0
    asked = Explanation.objects.filter(sheet__seat__expert__user=request.user, given_at=None)
    context: dict[str, Any] = {
        "boards": _boards(request.user, [mine[row.pk] for row in rows], whole=not rows.has_other_pages()),
        "rows": rows,
        "next": to_score[0] if to_score else None,
        "left": len(to_score) + more,
        "asked": asked.select_related("sheet__review__application__organisation"),
    }
    return page(request, "jury/start.html", **context)


def _held(user: User) -> QuerySet[Seat]:
    return Seat.objects.filter(expert__user=user, left_at=None)


def _reviews(user: User) -> ReviewQuerySet:
    """What is before one's panels, until they close; then what one has signed."""
    own = ScoreSheet.objects.filter(review=OuterRef("pk"), seat__in=_held(user))
    shown = Exists(own.filter(state=ScoreSheet.State.SIGNED)) | ~Q(panel__state=Panel.State.CLOSED)
    rows = Review.objects.filter(shown, panel__in=_held(user).values("panel"))
    return rows.select_related("application__organisation", "panel").only(*READ)


def _waiting(reviews: ReviewQuerySet, user: User) -> ReviewQuerySet:
    """What waits for one's scores, save what one turns out to be tied to."""
    own = ScoreSheet.objects.filter(review=OuterRef("pk"), seat__in=_held(user))
    back = Recusal.objects.filter(review=OuterRef("pk"), seat__in=_held(user))
    open_now = reviews.filter(state=Review.State.DISCUSSED, panel__state=Panel.State.WORKING)
    return open_now.exclude(Exists(own.exclude(state=ScoreSheet.State.DRAFT))).exclude(Exists(back))


def _mine(reviews: Iterable[Review], user: User) -> list[Mine]:
    """One's own sheet for each, and whether one judges it."""
    rows, keys = list(reviews), [row.pk for row in reviews]
    sheets = {row.review_id: row for row in ScoreSheet.objects.filter(seat__in=_held(user), review__in=keys)}
    back = Recusal.objects.filter(seat__in=_held(user), review__in=keys).values_list("review", flat=True)
    judged = {row.pk for row in Review.objects.filter(pk__in=keys).judged_by(user)}
    recused = set(back)
    return [Mine(row, sheets.get(row.pk), row.pk in judged, row.pk in recused) for row in rows]


def _boards(user: User, rows: list[Mine], *, whole: bool) -> list[Board]:
    """One's panels with these rows; where there are more pages, those that have some here."""
    related = ("panel__authority", "panel__carrier_type", "panel__cycle")
    seats = _held(user).select_related(*related).order_by("-pk")
    boards = [Board(seat, [row for row in rows if row.review.panel_id == seat.panel_id]) for seat in seats]
    return [board for board in boards if whole or board.rows]


@for_experts
def spread(request: Request, pk: int) -> HttpResponse:
    """Where the experts disagree: for the chair, and only on what the chair has signed."""
    panels = Panel.objects.filter(seats__expert__user=request.user, seats__left_at=None)
    panels = panels.exclude(state=Panel.State.CLOSED)
    panel = get_object_or_404(panels.select_related("carrier_type", "authority").distinct(), pk=pk)
    seat = panel.seats.get(expert__user=request.user)
    require(seat.chair)
    own = seat.sheets.filter(review=OuterRef("pk"), state=ScoreSheet.State.SIGNED)
    signed = widest_apart(panel.reviews.filter(Exists(own)))
    rows = Paginator(signed, SPREADS).get_page(request.GET.get("page"))
    judged = panel.reviews.filter(pk__in=[row.pk for row in rows]).judged_by(request.user)
    shown = spreads(widest_apart(panel.reviews.filter(pk__in=[row.pk for row in judged])))
    return page(request, "jury/sheets/spread.html", panel=panel, spreads=shown, rows=rows)


urlpatterns = [
    path("", start, name="start"),
    path("panels/<int:pk>/spread/", spread, name="spread"),
]
