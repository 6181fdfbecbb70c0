"""One application before its panel, and the seats: stepping back, leaving, the chair."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.accounts.models import User
from zaiti.accounts.rules import serves
from zaiti.core import require
from zaiti.dossiers.queries import story
from zaiti.panels.actions import leave_seat, name_chair, recuse
from zaiti.panels.models import Panel, Review, ScoreSheet
from zaiti.panels.queries import scoring, seats_before
from zaiti.panels.rules import may_run
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.panels.access import find_review, find_seat
from zaiti.web.desk.panels.forms import LeaveForm, RecuseForm, present_seats
from zaiti.web.ui.pages import Request, neighbours, page


@at_desk(in_bureau)
def review(request: Request, pk: int) -> HttpResponse:
    """One application's visit, discussion, sheets and total."""
    one = find_review(request, pk)
    return _show(request, one, None)


def _show(request: Request, one: Review, form: RecuseForm | None) -> HttpResponse:
    context = _context(one, request.user)
    form = form or RecuseForm(seats=context["may_step_back"])
    status = 422 if form.is_bound else 200
    return page(request, "desk/panels/review.html", status=status, recuse_form=form, **context)


def _context(one: Review, user: User) -> dict[str, Any]:
    sheets = list(one.sheets.select_related("seat__expert__user", "explanation").order_by("seat"))
    seats = seats_before(one)
    gone = [seat for seat in seats if getattr(seat, "stepped_back", None) is not None]
    back = {seat.pk for seat in gone}
    signed = [sheet for sheet in sheets if sheet.state == ScoreSheet.State.SIGNED]
    seen = signed if serves(user, one.panel.authority) else []
    visit, minutes = getattr(one, "visit", None), one.minutes.first()
    return {
        "review": one,
        "scoring": scoring(one, seats, signed={sheet.seat_id for sheet in signed}, back=back),
        "visit": visit,
        "minutes": minutes,
        "inside": serves(user, one.panel.authority),
        "sheets": seen,
        "points": [(sheet.seat.expert.user.name, sheet.total) for sheet in seen],
        "trimmed": len(seen) >= one.panel.cycle.trim_from,
        "gone": gone,
        "may": may_run(user, one.panel) and one.panel.state != Panel.State.CLOSED,
        "may_step_back": [seat for seat in seats if not seat.left_at and seat.pk not in back],
        "neighbours": neighbours(one.panel.reviews.all(), one),
        **story(one.application, user)._asdict(),
    }


@require_POST
@at_desk(in_bureau)
def step_back(request: Request, pk: int) -> HttpResponse:
    """Make an expert step back from one application."""
    one = find_review(request, pk)
    form = RecuseForm(request.POST, seats=present_seats(one.panel).exclude(recusals__review=one))
    if not form.is_valid():
        return _show(request, one, form)
    seat = one.panel.seats.get(pk=form.cleaned_data["seat"])
    recuse(one, seat, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("The recusal is on record; the expert's sheet for this application is void."))
    return redirect("desk:review", pk)


@require_POST
@at_desk(in_bureau)
def leave(request: Request, pk: int) -> HttpResponse:
    """Let an expert leave the panel."""
    seat, form = find_seat(request, pk), LeaveForm(request.POST)
    require(may_run(request.user, seat.panel))
    if not form.is_valid():
        return page(request, "desk/panels/leave.html", seat=seat, panel=seat.panel, form=form, status=422)
    keep = form.cleaned_data["kind"] == LeaveForm.KEEP
    leave_seat(seat, by=request.user, reason=form.cleaned_data["reason"], keep_scores=keep)
    messages.success(request, _("The expert has left the panel."))
    return redirect("desk:panel", seat.panel_id)


@require_POST
@at_desk(in_bureau)
def chair(request: Request, pk: int) -> HttpResponse:
    """Put an expert in the chair."""
    seat = find_seat(request, pk)
    name_chair(seat, by=request.user)
    return redirect("desk:panel", seat.panel_id)


urlpatterns = [
    path("panels/reviews/<int:pk>/", review, name="review"),
    path("panels/reviews/<int:pk>/recuse/", step_back, name="review_recuse"),
    path("panels/seats/<int:pk>/leave/", leave, name="seat_leave"),
    path("panels/seats/<int:pk>/chair/", chair, name="seat_chair"),
]
