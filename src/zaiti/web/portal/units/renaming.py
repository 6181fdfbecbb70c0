"""A new name for a unit that has handed in: asking the district, and taking the question back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.accounts.models import Organisation
from zaiti.accounts.rules import may_run
from zaiti.applications.actions import ask_to_rename, take_back_renaming
from zaiti.applications.models import Renaming
from zaiti.applications.queries import bound_to
from zaiti.core import require
from zaiti.web.portal.access import for_applicants
from zaiti.web.portal.units.forms import RenamingForm, UnitForm
from zaiti.web.ui.pages import Request, page


def names_of(unit: Organisation) -> dict[str, Any]:
    """What the unit's page says of its names: who must consent, what was asked, what it was called."""
    asked = list(unit.renamings.select_related("authority"))
    return {
        "unit": unit,
        "bound_to": bound_to(unit),
        "renaming_form": RenamingForm(prefix="new"),
        "renamings": asked,
        "waiting": next((one for one in asked if one.state == Renaming.State.ASKED), None),
        "former_names": unit.former_names.all(),
    }


@require_POST
@for_applicants
def ask(request: Request) -> HttpResponse:
    """Ask the district to consent to a new name."""
    unit = get_object_or_404(Organisation, members=request.user)
    require(may_run(request.user, unit))
    form = RenamingForm(request.POST, request.FILES, prefix="new")
    if not form.is_valid():
        context = names_of(unit) | {"form": UnitForm(instance=unit), "runs": True, "renaming_form": form}
        return page(request, "portal/units/organisation.html", status=422, **context)
    renaming = ask_to_rename(unit, by=request.user, **form.cleaned_data)
    messages.success(request, _("%s was asked to consent to the new name.") % renaming.authority)
    return redirect("portal:organisation")


@require_POST
@for_applicants
def take_back(request: Request, pk: int) -> HttpResponse:
    """Go on under the present name."""
    renaming = get_object_or_404(Renaming, pk=pk, organisation=request.user.organisation_id)
    take_back_renaming(renaming, by=request.user)
    messages.success(request, _("The question was taken back; the present name stands."))
    return redirect("portal:organisation")


urlpatterns = [
    path("organisation/renaming/", ask, name="renaming_ask"),
    path("organisation/renaming/<int:pk>/take-back/", take_back, name="renaming_take_back"),
]
