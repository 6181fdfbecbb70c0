"""The link an invited colleague opens: sign in or sign up, then join."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.accounts.models import Invitation
from zaiti.accounts.rules import may_found
from zaiti.panels.actions import join_unit
from zaiti.web.http.arrival import arrived_at
from zaiti.web.ui.pages import Request, page


def show(request: Request, token: str) -> HttpResponse:
    """Show who invites, and how to go on."""
    invitation = _find(token)
    return page(
        request,
        "portal/units/join.html",
        invitation=invitation,
        live=invitation.is_live(clock.now()),
        may_join=may_found(request.user),
    )


@require_POST
@login_required
def join(request: Request, token: str) -> HttpResponse:
    """Join the unit."""
    invitation = _find(token)
    join_unit(invitation, by=request.user, arrived=arrived_at(request))
    messages.success(request, _("You now act for %s.") % invitation.organisation)
    return redirect("portal:start")


def _find(token: str) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("organisation", "by"), token=token)


urlpatterns = [
    path("join/<str:token>/", show, name="invitation"),
    path("join/<str:token>/accept/", join, name="join"),
]
