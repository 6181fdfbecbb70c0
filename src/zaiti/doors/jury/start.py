"""The expert's start page: what to score next, and all one's reviews; the chair's view of the spread."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from zaiti.accounts.models import User
from zaiti.core import require
from zaiti.doors.jury.access import for_experts
from zaiti.doors.ui.pages import Request, page
from zaiti.panels.models import Explanation, Panel, Recusal, Review, ScoreSheet, Seat
from zaiti.panels.queries import spreads


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
    boards = _boards(request.user)
    waiting = [row for board in boards for row in board.rows if row.waits]
    asked = Explanation.objects.filter(sheet__seat__expert__user=request.user, given_at=None)
    context: dict[str, Any] = {
        "boards": boards,
        "next": waiting[0] if waiting else None,
        "left": len(waiting),
        "asked": asked.select_related("sheet__review__application__organisation"),
    }
    return page(request, "jury/start.html", **context)


def _boards(user: User) -> list[Board]:
    related = ("panel__authority", "panel__carrier_type", "panel__cycle")
    seats = Seat.objects.filter(expert__user=user, left_at=None).select_related(*related).order_by("-pk")
    reviews = Review.objects.filter(panel__seats__in=seats).select_related(
        "application__organisation", "panel"
    )
    sheets = {row.review_id: row for row in ScoreSheet.objects.filter(seat__in=seats)}
    recused = set(Recusal.objects.filter(seat__in=seats).values_list("review", flat=True))
    judged = {row.pk for row in reviews.judged_by(user)}
    mine = [Mine(row, sheets.get(row.pk), row.pk in judged, row.pk in recused) for row in reviews]
    shown = [row for row in mine if row.signed or row.review.panel.state != Panel.State.CLOSED]
    return [Board(seat, [row for row in shown if row.review.panel_id == seat.panel_id]) for seat in seats]


@for_experts
def spread(request: Request, pk: int) -> HttpResponse:
    """Where the experts disagree: for the chair, and only on what the chair has signed."""
    panels = Panel.objects.filter(seats__expert__user=request.user, seats__left_at=None)
    panels = panels.exclude(state=Panel.State.CLOSED)
    panel = get_object_or_404(panels.select_related("carrier_type", "authority").distinct(), pk=pk)
    seat = panel.seats.get(expert__user=request.user)
    require(seat.chair)
    judged = panel.reviews.filter(pk__in=[row.pk for row in panel.reviews.judged_by(request.user)])
    signed = judged.filter(sheets__seat=seat, sheets__state=ScoreSheet.State.SIGNED)
    return page(request, "jury/spread.html", panel=panel, spreads=spreads(signed))


urlpatterns = [
    path("", start, name="start"),
    path("panels/<int:pk>/spread/", spread, name="spread"),
]
