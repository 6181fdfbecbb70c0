"""Who comes in at the experts' door, and what each finds."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from zaiti.core import require
from zaiti.panels.models import Review, ScoreSheet
from zaiti.panels.rules import may_judge
from zaiti.web.ui.pages import Request

View = Callable[..., HttpResponseBase]
OF_REVIEW = (
    "panel__authority",
    "panel__cycle",
    "panel__carrier_type",
    "panel__rubric",
    "application__organisation",
    "application__carrier_type",
    "application__call",
    "application__answers__form",
    "visit__paper",
)


def for_experts(view: View) -> View:
    """Let experts in: others are asked to sign in, or told no."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(hasattr(request.user, "expert"))
        return view(request, *args, **kwargs)

    return login_required(guarded)


def find_review(request: Request, pk: int) -> Review:
    """Find a review this expert judges."""
    found = Review.objects.filter(pk=pk).select_related(*OF_REVIEW).judged_by(request.user)
    if not found:
        raise Http404
    return found[0]


def own_sheet(request: Request, pk: int) -> ScoreSheet:
    """Find one of the expert's own sheets with what saving needs; the action asks who judges."""
    rows = ScoreSheet.objects.filter(seat__expert__user=request.user)
    rows = rows.select_related("review", "seat__expert", "rubric").prefetch_related("rubric__criteria")
    return get_object_or_404(rows, pk=pk)


def find_sheet(request: Request, pk: int) -> ScoreSheet:
    """Find one of the expert's own sheets: while one judges the application, and what one has signed."""
    rows = ScoreSheet.objects.filter(seat__expert__user=request.user)
    related = [f"review__{name}" for name in OF_REVIEW]
    related += ["seat__expert__user", "rubric", "paper", "explanation"]
    sheet = get_object_or_404(rows.select_related(*related).prefetch_related("rubric__criteria"), pk=pk)
    if sheet.state != ScoreSheet.State.SIGNED and not may_judge(request.user, sheet.review):
        raise Http404
    return sheet
