"""The register as the bureaus follow it up: the list, one carrier, training, notices to correct, checks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.carriers import actions, papers
from zaiti.carriers.models import Carrier, InactivityCheck, Rectification, TrainingYear
from zaiti.carriers.rules import may_follow_up
from zaiti.core import require
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.carriers import revocations
from zaiti.web.desk.carriers.context import board, find, find_case
from zaiti.web.desk.carriers.forms import ConclusionForm, TellForm
from zaiti.web.desk.carriers.tables import CarrierFilter, CarrierTable, presets, register
from zaiti.web.desk.drafts import draft
from zaiti.web.ui.pages import Request, listing, onward, page


@at_desk(in_bureau)
def index(request: Request) -> HttpResponse:
    """List the carriers one follows up."""
    rows = register(request.user)
    return listing(
        request, "desk/carriers/index.html", CarrierTable, CarrierFilter, rows,
        title=_("Carriers"), presets=presets(rows),
        empty_what=_("No carrier is in the register yet."),
        empty_how=_("Carriers enter it with the city's announcement of a year's result."),
    )  # fmt: skip


@at_desk(in_bureau)
def show(request: Request, pk: int) -> HttpResponse:
    """One carrier."""
    return _show(request, find_case(request, pk))


@require_POST
@at_desk(in_bureau)
def verify(request: Request, pk: int) -> HttpResponse:
    """Confirm a year's training."""
    row = get_object_or_404(TrainingYear.objects.filter(carrier__in=_mine(request)), pk=pk)
    actions.verify_training(row, by=request.user)
    messages.success(request, _("The training of %s was verified.") % row.year)
    return onward(request, "desk:carrier", row.carrier_id)


@at_desk(in_bureau)
def tell(request: Request, pk: int) -> HttpResponse:
    """Write a notice to correct: see it first, then send it."""
    carrier = find(request, pk)
    require(may_follow_up(request.user, carrier))
    form = TellForm(request.POST or None, carrier=carrier)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "desk/carriers/tell.html", carrier=carrier, form=form, status=status)
    given = form.cleaned_data
    if "preview" in request.POST:
        facts = papers.rectification_facts(carrier, given["text"], given["due"].isoformat())
        return draft(papers.RECTIFICATION, authority=papers.sender(carrier, request.user), facts=facts)
    actions.tell_to_correct(carrier, by=request.user, **given)
    messages.success(request, _("The notice to correct was sent."))
    return onward(request, "desk:carrier", pk)


@require_POST
@at_desk(in_bureau)
def settle(request: Request, pk: int) -> HttpResponse:
    """Find a notice to correct fulfilled."""
    return _conclude(request, pk, actions.settle_rectification)


@require_POST
@at_desk(in_bureau)
def fail(request: Request, pk: int) -> HttpResponse:
    """Find a notice to correct not fulfilled."""
    return _conclude(request, pk, actions.fail_rectification)


@require_POST
@at_desk(in_bureau)
def settle_check(request: Request, pk: int) -> HttpResponse:
    """Say what missing training data means."""
    check = get_object_or_404(InactivityCheck.objects.filter(carrier__in=_mine(request)), pk=pk)
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return _show(request, find_case(request, check.carrier_id), conclusion_form=form)
    actions.settle_inactivity_check(check, by=request.user, **form.cleaned_data)
    messages.success(request, _("The conclusion was kept."))
    return onward(request, "desk:carrier", check.carrier_id)


def _conclude(request: Request, pk: int, conclude: Any) -> HttpResponse:
    told = get_object_or_404(Rectification.objects.filter(carrier__in=_mine(request)), pk=pk)
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return _show(request, find_case(request, told.carrier_id), conclusion_form=form)
    conclude(told, by=request.user, **form.cleaned_data)
    messages.success(request, _("The conclusion was kept, and the carrier's unit is told."))
    return onward(request, "desk:carrier", told.carrier_id)


def _mine(request: Request) -> Any:
    return Carrier.objects.manageable_by(request.user)


def _show(request: Request, carrier: Carrier, **forms: Any) -> HttpResponse:
    shown = board(carrier, request.user) | forms
    return page(request, "desk/carriers/carrier.html", status=422 if forms else 200, **shown)


urlpatterns = [
    path("carriers/", index, name="carriers"),
    path("carriers/<int:pk>/", show, name="carrier"),
    path("carriers/<int:pk>/tell/", tell, name="carrier_tell"),
    path("carriers/training/<int:pk>/verify/", verify, name="training_verify"),
    path("carriers/rectifications/<int:pk>/settle/", settle, name="rectification_settle"),
    path("carriers/rectifications/<int:pk>/fail/", fail, name="rectification_fail"),
    path("carriers/checks/<int:pk>/settle/", settle_check, name="inactivity_settle"),
    *revocations.urlpatterns,
]
