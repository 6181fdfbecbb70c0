"""Open calls, and the start of an application."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.actions import start_application
from zaiti.applications.models import Application
from zaiti.applications.queries import calls_for
from zaiti.notices.models import Call, CallType
from zaiti.web.http.arrival import arrived_at
from zaiti.web.portal.access import for_applicants
from zaiti.web.ui.pages import Request, onward, page


def current_calls(user: User) -> QuerySet[Call]:
    """Published calls of the unit's own city whose window has not closed."""
    return (
        calls_for(user)
        .filter(state=Call.State.PUBLISHED, closes_at__gt=clock.now())
        .select_related("authority", "cycle", "publication")
        .prefetch_related(Prefetch("types", CallType.objects.select_related("carrier_type")))
        .order_by("closes_at")
    )


def offers(user: User, applications: Iterable[Application]) -> list[dict[str, object]]:
    """Each current call with its types, and for each type the unit's own application."""
    own = {(application.call_id, application.carrier_type_id): application for application in applications}
    return [
        {
            "call": call,
            "open": call.is_open(),
            "types": [
                (row.carrier_type, own.get((call.pk, row.carrier_type_id))) for row in call.types.all()
            ],
        }
        for call in current_calls(user)
    ]


@for_applicants
def calls(request: Request) -> HttpResponse:
    """List the calls one can apply to."""
    own = Application.objects.filter(organisation=request.user.organisation_id)
    return page(request, "portal/calls.html", offers=offers(request.user, own))


@require_POST
@for_applicants
def begin(request: Request, pk: int) -> HttpResponse:
    """Start an application for one type."""
    call = get_object_or_404(calls_for(request.user), pk=pk)
    kind = get_object_or_404(
        call.types.select_related("carrier_type"), carrier_type=request.POST.get("type") or 0
    )
    application = start_application(call, kind.carrier_type, by=request.user, arrived=arrived_at(request))
    messages.success(request, _("The application is started; what you type is saved by itself."))
    return onward(request, "portal:application", application.pk)


urlpatterns = [
    path("calls/", calls, name="calls"),
    path("calls/<int:pk>/start/", begin, name="begin"),
]
