"""Showing that one may act for a unit: the sealed letter, a claim, or the unified sign-in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.accounts.models import Authority, Organisation
from zaiti.accounts.rules import may_found, may_run
from zaiti.core import Refused
from zaiti.core.text import plain
from zaiti.mandates.actions import claim_unit, confirm_by_portal, send_letter
from zaiti.mandates.models import Mandate
from zaiti.mandates.papers import TITLE, blank_letter
from zaiti.mandates.queries import claims_of, look_at, newest
from zaiti.panels.actions import take_over_unit
from zaiti.web.http.cities import bureaus_here
from zaiti.web.http.downloads import PDF, download
from zaiti.web.portal.access import for_applicants
from zaiti.web.portal.units.forms import ClaimForm, LetterForm
from zaiti.web.portal.units.vouching import vouched_for
from zaiti.web.ui.pages import Request, page

State = Mandate.State


@for_applicants
def authorisation(request: Request) -> HttpResponse:
    """Show whether the unit is confirmed; its owner sends the sealed letter."""
    unit = _unit(request)
    form = LetterForm(
        request.POST or None,
        request.FILES or None,
        initial={"district": unit.district_id},
        bureaus=bureaus_here(request),
    )
    if not form.is_valid():
        return _shown(request, unit, form, status=422 if form.is_bound else 200)
    file = form.cleaned_data["letter"]
    send_letter(
        unit,
        by=request.user,
        district=form.cleaned_data["district"],
        content=file,
        original_name=file.name,
    )
    messages.success(request, _("The letter was sent. The district looks at it and tells you."))
    return redirect("portal:authorisation")


@login_required
def claim(request: Request) -> HttpResponse:
    """Claim a unit that is registered already; show the claims one has made."""
    if not (may_found(request.user) or _is_member(request)):
        raise PermissionDenied
    typed = {name: request.GET.get(name, "") for name in ("uscc", "name", "district")}
    form = ClaimForm(
        request.POST or None,
        request.FILES or None,
        initial=typed | _own(request),
        bureaus=bureaus_here(request),
    )
    if not form.is_valid():
        return _claims(request, form, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    file = given.pop("letter")
    claim_unit(by=request.user, content=file, original_name=file.name, **given)
    messages.success(request, _("The claim was sent. The district looks at both sides and tells you."))
    return redirect("portal:claim")


@login_required
def letter(request: Request) -> HttpResponse:
    """Give the letter to print, sign and seal: for one's own unit, or for the one to claim."""
    unit, uscc, authority = _named(request)
    content = blank_letter(person=request.user, unit=unit, uscc=uscc, authority=authority)
    return download(content, f"{TITLE}.pdf", PDF)


@require_POST
@login_required
def vouch(request: Request) -> HttpResponse:
    """Let the unified sign-in confirm the unit, or hand an unconfirmed one over."""
    unit = _unit_of(request)
    if not (unit or may_found(request.user)):
        raise PermissionDenied
    code = vouched_for(request)
    if not code:
        raise Refused(_("You did not come in by the unified sign-in, or it names no unit."))
    if unit and may_run(request.user, unit):
        confirm_by_portal(unit, by=request.user, vouched=code)
    else:
        take_over_unit(by=request.user, vouched=code)
    messages.success(request, _("The unit is confirmed; you run its account."))
    return redirect("portal:authorisation")


def to_claim(given: dict[str, Any]) -> HttpResponse:
    """Lead who entered a code that is registered already to the claim, with what they typed."""
    said = QueryDict(mutable=True)
    said.update(
        {"uscc": given["uscc"], "name": given["name"], "district": given["district"].pk, "taken": "1"}
    )
    return redirect(f"{reverse('portal:claim')}?{said.urlencode()}")


def _shown(request: Request, unit: Organisation, form: LetterForm, status: int) -> HttpResponse:
    latest = newest(request.user, unit)
    claimed = unit.mandates.filter(claim=True, state=State.WAITING).exclude(person=request.user).exists()
    runs = may_run(request.user, unit)
    context: dict[str, Any] = {
        "unit": unit,
        "form": form,
        "runs": runs,
        "latest": latest,
        "look": look_at(latest) if latest else None,
        "claimed": claimed and runs,
        "may_send": runs and (claimed or not unit.confirmed),
        "vouched": vouched_for(request) == unit.uscc and not unit.confirmed and runs,
    }
    return page(request, "portal/units/authorisation.html", status=status, **context)


def _claims(request: Request, form: ClaimForm, status: int) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "claims": claims_of(request.user),
        "vouched": vouched_for(request),
        "letter": _address(form),
    }
    return page(request, "portal/units/claim.html", status=status, **context)


def _unit(request: Request) -> Organisation:
    return get_object_or_404(Organisation.objects.select_related("district"), members=request.user)


def _unit_of(request: Request) -> Organisation | None:
    return Organisation.objects.select_related("district").filter(members=request.user).first()


def _is_member(request: Request) -> bool:
    return request.user.org_role == request.user.OrgRole.MEMBER


def _own(request: Request) -> dict[str, Any]:
    """A member whose owner is gone claims the unit they act for."""
    unit = _unit_of(request)
    return {"uscc": unit.uscc, "name": unit.name, "district": unit.district_id} if unit else {}


def _named(request: Request) -> tuple[str, str, Authority | None]:
    """The unit that the letter is for: one's own, else the one to claim, as typed."""
    unit = _unit_of(request)
    if unit and may_run(request.user, unit):
        return unit.name, unit.uscc, unit.district
    if not (unit or may_found(request.user)):
        raise PermissionDenied
    name, code = (str(plain(request.GET.get(key, "")))[:120] for key in ("name", "uscc"))
    return name, code, None


def _address(form: ClaimForm) -> str:
    said = QueryDict(mutable=True)
    said.update({name: form[name].value() or "" for name in ("uscc", "name")})
    return f"{reverse('portal:letter')}?{said.urlencode()}"


urlpatterns = [
    path("authorisation/", authorisation, name="authorisation"),
    path("authorisation/letter.pdf", letter, name="letter"),
    path("authorisation/vouch/", vouch, name="vouch"),
    path("claim/", claim, name="claim"),
]
