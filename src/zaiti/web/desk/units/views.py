"""Letters of authorisation that wait for the bureau: who may act for a unit."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zaiti.mandates.actions import send_back
from zaiti.mandates.models import Mandate
from zaiti.mandates.queries import handed_in, look_at, owner_of, rivals
from zaiti.mandates.rules import may_decide
from zaiti.panels.actions import confirm_person
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.reasons import ReasonForm, with_reason
from zaiti.web.desk.units.tables import MandateFilter, MandateTable
from zaiti.web.forms.fields import Form
from zaiti.web.ui.pages import Request, listing, onward, page

RELATED = ("organisation__district", "person", "authority", "file", "decided_by")


class ConfirmForm(Form):
    """What becomes of the colleagues of an owner who loses the account."""

    members_stay = forms.BooleanField(
        label=_("The other members stay"),
        required=False,
        help_text=_("Leave it empty where they were let in by someone who had no right to act for the unit."),
    )


@at_desk(in_bureau)
def index(request: Request) -> HttpResponse:
    """List the letters, those that wait first of all."""
    rows = Mandate.objects.to_decide(request.user).select_related(*RELATED)
    return listing(
        request,
        "desk/units/index.html",
        MandateTable,
        MandateFilter,
        rows,
        title=_now("Units to confirm"),
        empty_what=_now("No letter of authorisation waits."),
        empty_how=_now("Letters appear here as soon as a unit sends one or someone claims a unit."),
    )


@at_desk(in_bureau)
def show(request: Request, pk: int) -> HttpResponse:
    """One letter in the viewer, with its pre-check and the other sides."""
    return _show(request, _find(request, pk))


@require_POST
@at_desk(in_bureau)
def confirm(request: Request, pk: int) -> HttpResponse:
    """Confirm who acts for the unit."""
    mandate, form = _find(request, pk), ConfirmForm(request.POST)
    form.is_valid()
    confirm_person(mandate, by=request.user, **form.cleaned_data)
    messages.success(request, _now("Confirmed: %(who)s acts for %(unit)s.") % _names(mandate))
    return onward(request, "desk:units")


@require_POST
@at_desk(in_bureau)
def return_letter(request: Request, pk: int) -> HttpResponse:
    """Send the letter back with what is wrong."""
    mandate = _find(request, pk)
    if refused := with_reason(request, send_back, mandate, partial(_show, request, mandate)):
        return refused
    messages.success(request, _now("The letter of %(who)s for %(unit)s was sent back.") % _names(mandate))
    return onward(request, "desk:units")


def _find(request: Request, pk: int) -> Mandate:
    rows = Mandate.objects.to_decide(request.user).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def _names(mandate: Mandate) -> dict[str, object]:
    return {"who": mandate.person, "unit": mandate.unit_name}


def _show(request: Request, mandate: Mandate, reason: ReasonForm | None = None) -> HttpResponse:
    look, unit = look_at(mandate), mandate.organisation
    shown: dict[str, Any] = {
        "mandate": mandate,
        "title": mandate.unit_name,
        "look": look,
        "pages": _pages(mandate, look),
        "unit": unit,
        "owner": owner_of(unit),
        "colleagues": unit.members.exclude(org_role="owner").count(),
        "handed_in": handed_in(unit),
        "rivals": rivals(mandate),
        "may_decide": may_decide(request.user, mandate) and mandate.can("confirm"),
        "confirm_form": ConfirmForm(initial={"members_stay": unit.confirmed}),
        "reason_form": reason or ReasonForm(),
    }
    return page(request, "desk/units/mandate.html", status=422 if reason else 200, **shown)


def _pages(mandate: Mandate, look: Any) -> list[tuple[int, Any]]:
    """The letter's pages, each with what the pre-check drew on it."""
    sheets = look.seen.sheets if look.seen and not look.seen.waiting else []
    return [(n, sheets[n - 1] if n <= len(sheets) else None) for n in range(1, mandate.pages + 1)]


urlpatterns = [
    path("units/", index, name="units"),
    path("units/<int:pk>/", show, name="unit_letter"),
    path("units/<int:pk>/confirm/", confirm, name="unit_confirm"),
    path("units/<int:pk>/return/", return_letter, name="unit_return"),
]
