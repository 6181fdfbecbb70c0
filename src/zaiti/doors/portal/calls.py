"""Open calls, and the start of an application."""

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.applications.actions import start_application
from zaiti.applications.models import Application
from zaiti.doors.portal.access import for_applicants, onward
from zaiti.doors.ui.pages import Request, page
from zaiti.notices.models import Call, CallType


def current_calls(request: Request) -> QuerySet[Call]:
    """Published calls whose window has not closed, with the unit's own applications."""
    mine = Application.objects.filter(organisation=request.user.organisation_id)
    return (
        Call.objects.filter(state=Call.State.PUBLISHED, closes_at__gt=clock.now())
        .select_related("authority", "cycle", "publication")
        .prefetch_related(
            Prefetch("types", CallType.objects.select_related("carrier_type")),
            Prefetch("applications", mine, to_attr="mine"),
        )
        .order_by("closes_at")
    )


@for_applicants
def calls(request: Request) -> HttpResponse:
    """List the calls one can apply to."""
    return page(request, "portal/calls.html", offers=[offer(call) for call in current_calls(request)])


@require_POST
@for_applicants
def begin(request: Request, pk: int) -> HttpResponse:
    """Start an application for one type."""
    call = get_object_or_404(Call.objects.visible_to(request.user), pk=pk)
    kind = get_object_or_404(
        call.types.select_related("carrier_type"), carrier_type=request.POST.get("type") or 0
    )
    application = start_application(call, kind.carrier_type, by=request.user)
    messages.success(request, _("The application is started; what you type is saved by itself."))
    return onward(request, "portal:application", application.pk)


def offer(call: Call) -> dict[str, object]:
    """A call with its types, and for each the unit's own application."""
    mine = {application.carrier_type_id: application for application in call.mine}  # type: ignore[attr-defined]  # prefetched
    types = [(kind.carrier_type, mine.get(kind.carrier_type_id)) for kind in call.types.all()]
    return {"call": call, "open": call.is_open(), "types": types}


urlpatterns = [
    path("calls/", calls, name="calls"),
    path("calls/<int:pk>/start/", begin, name="begin"),
]
