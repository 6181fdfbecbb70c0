"""The unit: its registration, its data, its members."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.accounts.actions import (
    hand_over,
    invite_member,
    register_organisation,
    revoke_invitation,
)
from zaiti.accounts.models import Invitation, Organisation, User
from zaiti.accounts.rules import is_applicant, may_found, may_run
from zaiti.applications.actions import release_member
from zaiti.mandates.actions import confirm_by_portal
from zaiti.panels.actions import edit_unit
from zaiti.programmes.queries import kind_words
from zaiti.web.http.cities import bureaus_here
from zaiti.web.portal.access import for_applicants
from zaiti.web.portal.units.authorisation import to_claim
from zaiti.web.portal.units.forms import InvitationForm, RegistrationForm, UnitForm
from zaiti.web.portal.units.renaming import names_of
from zaiti.web.portal.units.vouching import vouched_for
from zaiti.web.ui.pages import Request, page


@login_required
def register(request: Request) -> HttpResponse:
    """Register the unit one acts for."""
    if is_applicant(request.user):
        return redirect("portal:start")
    if not may_found(request.user):
        raise PermissionDenied
    form = RegistrationForm(request.POST or None, bureaus=bureaus_here(request))
    if not form.is_valid():
        return page(request, "portal/units/register.html", form=form, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    if Organisation.objects.filter(uscc=given["uscc"]).exists():
        return to_claim(given)
    register_organisation(by=request.user, **given)
    if vouched_for(request) == given["uscc"]:
        confirm_by_portal(_unit(request), by=request.user, vouched=given["uscc"])
    messages.success(request, _("The unit is registered; you run its account."))
    return redirect("portal:authorisation")


@for_applicants
def organisation(request: Request) -> HttpResponse:
    """Show the unit; its owner edits it."""
    unit = _unit(request)
    city = unit.district.root_id if unit.district else None
    form = UnitForm(request.POST or None, instance=_unit(request), city=city)
    if not form.is_valid() or not form.carries_out(edit_unit, unit, by=request.user, **form.cleaned_data):
        context: dict[str, Any] = {
            "form": form,
            "runs": may_run(request.user, unit),
            "kind_words": kind_words(unit),
        }
        context |= names_of(unit)
        return page(
            request, "portal/units/organisation.html", status=422 if form.is_bound else 200, **context
        )
    messages.success(request, _("The unit's data are saved."))
    return redirect("portal:organisation")


@for_applicants
def members(request: Request) -> HttpResponse:
    """List the unit's people and open invitations."""
    return _members(request, InvitationForm())


@require_POST
@for_applicants
def invite(request: Request) -> HttpResponse:
    """Invite a colleague."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _members(request, form, status=422)
    invitation = invite_member(_unit(request), by=request.user, **form.cleaned_data)
    messages.success(request, _("The invitation was sent to %s.") % invitation.email)
    return redirect("portal:members")


@require_POST
@for_applicants
def revoke(request: Request, pk: int) -> HttpResponse:
    """Take an invitation back."""
    revoke_invitation(get_object_or_404(Invitation, pk=pk, organisation=_unit(request)), by=request.user)
    messages.success(request, _("The invitation was taken back; its link no longer works."))
    return redirect("portal:members")


@require_POST
@for_applicants
def remove(request: Request, pk: int) -> HttpResponse:
    """Remove a member, or leave."""
    member = _colleague(request, pk)
    release_member(member, by=request.user)
    messages.success(request, _("%s no longer acts for the unit.") % member)
    return redirect("portal:start" if member == request.user else "portal:members")


@require_POST
@for_applicants
def hand_to(request: Request, pk: int) -> HttpResponse:
    """Make a colleague the owner."""
    member = _colleague(request, pk)
    hand_over(member, by=request.user)
    messages.success(request, _("%s now runs the unit's account.") % member)
    return redirect("portal:members")


def _members(request: Request, form: InvitationForm, status: int = 200) -> HttpResponse:
    unit = _unit(request)
    invitations = unit.invitations.filter(used_by=None, revoked_at=None, lapses_at__gt=clock.now())
    return page(
        request,
        "portal/units/members.html",
        form=form,
        unit=unit,
        people=unit.members.order_by("-org_role", "pk"),
        invitations=invitations,
        runs=may_run(request.user, unit),
        status=status,
    )


def _unit(request: Request) -> Organisation:
    return get_object_or_404(Organisation, members=request.user)


def _colleague(request: Request, pk: int) -> User:
    return get_object_or_404(User, pk=pk, organisation=request.user.organisation_id)


urlpatterns = [
    path("register/", register, name="register"),
    path("organisation/", organisation, name="organisation"),
    path("members/", members, name="members"),
    path("members/invite/", invite, name="invite"),
    path("members/<int:pk>/remove/", remove, name="remove"),
    path("members/<int:pk>/hand-over/", hand_to, name="hand_over"),
    path("invitations/<int:pk>/revoke/", revoke, name="revoke"),
]
