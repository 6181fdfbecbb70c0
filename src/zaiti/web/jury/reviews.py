"""One application as the expert reads it, and stepping back from it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zaiti.applications.answered import answered
from zaiti.applications.models import Application, MaterialVersion
from zaiti.core import require
from zaiti.dossiers.queries import story
from zaiti.panels.actions import open_sheet, recuse
from zaiti.panels.models import Review, ScoreSheet
from zaiti.panels.rules import seat_of
from zaiti.web.forms.fields import Form
from zaiti.web.jury.access import find_review, for_experts
from zaiti.web.ui.pages import Request, page


class BackForm(Form):
    """Why one steps back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("For example: employed by the unit, related to its head, a project shared with it."),
    )


def case(review: Review) -> dict[str, Any]:
    """The application's form, materials, visit and discussion, as an expert reads them."""
    application = review.application
    return {
        "review": review,
        "application": application,
        "answered": answered(application.answers.shape, application.answers.said, "expert"),
        "materials": _materials(application),
        "visit": getattr(review, "visit", None),
        "minutes": review.minutes.first(),
    }


def _materials(application: Application) -> QuerySet[MaterialVersion]:
    """The version of each material that counts, in the notice's order."""
    live = MaterialVersion.objects.filter(material__application=application, removed_at=None)
    ordered = live.order_by("material__requirement__order", "material_id", "-number")
    latest = ordered.distinct("material__requirement__order", "material_id")
    return latest.select_related("file", "material__requirement")


@for_experts
def review(request: Request, pk: int) -> HttpResponse:
    """Read the application."""
    return _show(request, find_review(request, pk), BackForm())


def _show(request: Request, one: Review, form: BackForm) -> HttpResponse:
    sheet = ScoreSheet.objects.filter(review=one, seat__expert__user=request.user).first()
    status = 422 if form.is_bound else 200
    told = story(one.application, request.user)._asdict()
    return page(request, "jury/review.html", status=status, sheet=sheet, form=form, **case(one), **told)


@require_POST
@for_experts
def open_mine(request: Request, pk: int) -> HttpResponse:
    """Open one's score sheet."""
    return redirect("jury:sheet", open_sheet(find_review(request, pk), by=request.user).pk)


@require_POST
@for_experts
def step_back(request: Request, pk: int) -> HttpResponse:
    """Step back from this application."""
    one, form = find_review(request, pk), BackForm(request.POST)
    if not form.is_valid():
        return _show(request, one, form)
    seat = seat_of(request.user, one.panel)
    require(seat is not None)
    assert seat
    recuse(one, seat, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _now("You have stepped back from this application; the office is told."))
    return redirect("jury:start")


urlpatterns = [
    path("reviews/<int:pk>/", review, name="review"),
    path("reviews/<int:pk>/score/", open_mine, name="open"),
    path("reviews/<int:pk>/step-back/", step_back, name="step_back"),
]
