"""Revocation's pages: the city's officer writes, its approver decides."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.carriers import actions, papers
from zaiti.carriers.models import Carrier, Revocation
from zaiti.carriers.rules import may_intend
from zaiti.core import require
from zaiti.web.desk.access import at_desk, in_city_bureau
from zaiti.web.desk.carriers.context import board, find, find_case
from zaiti.web.desk.carriers.forms import DecisionForm, IntendForm
from zaiti.web.desk.drafts import draft
from zaiti.web.desk.reasons import ReasonForm, with_reason
from zaiti.web.ui.pages import Request, onward, page


@at_desk(in_city_bureau)
def intend(request: Request, pk: int) -> HttpResponse:
    """Write the notice of an intended revocation: see it first, then send it."""
    carrier = find(request, pk)
    require(may_intend(request.user, carrier))
    form = IntendForm(request.POST or None, carrier=carrier)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "desk/carriers/intend.html", carrier=carrier, form=form, status=status)
    given = form.cleaned_data
    if "preview" in request.POST:
        due = given["defence_due"].isoformat()
        facts = papers.intended_facts(carrier, given["ground"], given["facts"], due)
        return draft(papers.INTENDED, authority=papers.city_of(carrier), facts=facts)
    actions.intend_revocation(carrier, by=request.user, **given)
    messages.success(request, _("The notice was sent; the carrier's unit may answer it."))
    return onward(request, "desk:carrier", pk)


@at_desk(in_city_bureau)
def prepare(request: Request, pk: int) -> HttpResponse:
    """Write the decision and put it up for approval."""
    revocation = _find(request, pk)
    require(may_intend(request.user, revocation.carrier))
    form = DecisionForm(request.POST or None, initial={"decision": revocation.decision})
    if not form.is_valid():
        return _write(request, revocation, form)
    if "preview" in request.POST:
        revocation.decision = form.cleaned_data["decision"]
        return _letter(revocation)
    actions.prepare_revocation(revocation, by=request.user, **form.cleaned_data)
    messages.success(request, _("The decision waits for the approver."))
    return onward(request, "desk:carrier", revocation.carrier_id)


def _write(request: Request, revocation: Revocation, form: DecisionForm) -> HttpResponse:
    status, carrier = 422 if form.is_bound else 200, revocation.carrier
    facts: dict[str, Any] = {"carrier": carrier, "revocation": revocation, "form": form}
    return page(request, "desk/carriers/prepare.html", status=status, **facts)


@at_desk(in_city_bureau)
def letter(request: Request, pk: int) -> HttpResponse:
    """The decision as it would be sent now."""
    return _letter(_find(request, pk))


@require_POST
@at_desk(in_city_bureau)
def decide(request: Request, pk: int) -> HttpResponse:
    """Revoke."""
    revocation = _find(request, pk)
    actions.decide_revocation(revocation, by=request.user)
    messages.success(request, _("The recognition was revoked, announced, and the unit is told."))
    return onward(request, "desk:carrier", revocation.carrier_id)


@require_POST
@at_desk(in_city_bureau)
def send_back(request: Request, pk: int) -> HttpResponse:
    """Give the decision back to its writer."""
    return _with_reason(request, pk, actions.send_back_revocation, _("The decision was sent back."))


@require_POST
@at_desk(in_city_bureau)
def drop(request: Request, pk: int) -> HttpResponse:
    """Let the matter rest."""
    said = _("The carrier stays recognised; its unit is told.")
    return _with_reason(request, pk, actions.drop_revocation, said)


def _with_reason(request: Request, pk: int, do: Any, said: str) -> HttpResponse:
    revocation = _find(request, pk)
    if refused := with_reason(request, do, revocation, partial(_again, request, revocation)):
        return refused
    messages.success(request, said)
    return onward(request, "desk:carrier", revocation.carrier_id)


def _again(request: Request, revocation: Revocation, reason: ReasonForm) -> HttpResponse:
    shown = board(find_case(request, revocation.carrier_id), request.user) | {"reason_form": reason}
    return page(request, "desk/carriers/carrier.html", status=422, **shown)


def _find(request: Request, pk: int) -> Revocation:
    mine = Carrier.objects.manageable_by(request.user)
    related = ("carrier__authority__city", "carrier__organisation", "carrier__candidate__cycle", "notice")
    rows = Revocation.objects.filter(carrier__in=mine).select_related(*related)
    return get_object_or_404(rows, pk=pk)


def _letter(revocation: Revocation) -> HttpResponse:
    facts = papers.decision_facts(revocation)
    return draft(papers.REVOCATION, authority=papers.city_of(revocation.carrier), facts=facts)


urlpatterns = [
    path("carriers/<int:pk>/intend/", intend, name="carrier_intend"),
    path("carriers/revocations/<int:pk>/prepare/", prepare, name="revocation_prepare"),
    path("carriers/revocations/<int:pk>/letter/", letter, name="revocation_letter"),
    path("carriers/revocations/<int:pk>/decide/", decide, name="revocation_decide"),
    path("carriers/revocations/<int:pk>/send-back/", send_back, name="revocation_send_back"),
    path("carriers/revocations/<int:pk>/drop/", drop, name="revocation_drop"),
]
