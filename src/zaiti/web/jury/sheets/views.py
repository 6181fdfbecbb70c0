"""The score sheet: filled beside the application, saved by itself, signed once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zaiti.panels.actions import explain_outlier, save_scores, sign_sheet
from zaiti.panels.models import ScoreSheet
from zaiti.panels.rules import may_judge
from zaiti.web.forms.fields import Form
from zaiti.web.forms.saving import answer
from zaiti.web.jury.access import find_sheet, for_experts, own_sheet
from zaiti.web.jury.reviews import BackForm, case
from zaiti.web.jury.sheets.forms import SheetForm
from zaiti.web.ui.pages import Request, page


class ReasonForm(Form):
    """Why a sheet lies far from the others."""

    text = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 4}), max_length=1000)


@for_experts
def sheet(request: Request, pk: int) -> HttpResponse:
    """Score, or read what was signed."""
    one = find_sheet(request, pk)
    return _show(request, one, SheetForm(one))


def _show(
    request: Request, one: ScoreSheet, form: SheetForm, reason: ReasonForm | None = None
) -> HttpResponse:
    bound = form.is_bound or reason is not None
    judging = may_judge(request.user, one.review)
    context: dict[str, Any] = {
        "sheet": one,
        "form": form,
        "reason_form": reason or ReasonForm(),
        "back_form": BackForm(),
        "judging": judging,
    }
    shown = case(one.review) if judging else {"review": one.review, "application": one.review.application}
    status = 422 if bound else 200
    return page(request, "jury/sheets/sheet.html", status=status, **context, **shown)


@require_POST
@for_experts
def save(request: Request, pk: int) -> HttpResponse:
    """Keep what is valid so far, and say what is not."""
    one = own_sheet(request, pk)
    form = SheetForm(one, request.POST)
    form.is_valid()
    form.settle(save_scores(one, by=request.user, seen=form.seen, **form.given()))
    return answer(form)


@require_POST
@for_experts
def sign(request: Request, pk: int) -> HttpResponse:
    """Sign, for good."""
    one = find_sheet(request, pk)
    form = SheetForm(one, request.POST, whole=True)
    form.is_valid()
    with transaction.atomic():
        form.settle(save_scores(one, by=request.user, seen=form.seen, **form.given()))
        if whole := not (form.errors or form.unsaved()):
            sign_sheet(one, by=request.user)
    if not whole:
        return _show(request, one, form)
    messages.success(
        request, _now("Signed: %s. The sheet can no longer be changed.") % one.review.application.organisation
    )
    return redirect("jury:start")


@require_POST
@for_experts
def explain(request: Request, pk: int) -> HttpResponse:
    """Give the reason that was asked for."""
    one, form = find_sheet(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, one, SheetForm(one), form)
    explain_outlier(one, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _now("Your reason is on record; the scores stay as they are."))
    return redirect("jury:sheet", pk)


urlpatterns = [
    path("sheets/<int:pk>/", sheet, name="sheet"),
    path("sheets/<int:pk>/save/", save, name="sheet_save"),
    path("sheets/<int:pk>/sign/", sign, name="sheet_sign"),
    path("sheets/<int:pk>/explain/", explain, name="sheet_explain"),
]
