"""The city's years: where each district stands; remind one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.programmes.actions import nudge
from zaiti.programmes.models import Cycle
from zaiti.studio.models import YearDraft
from zaiti.studio.rules import may_make
from zaiti.web.desk.access import at_desk, in_city_bureau
from zaiti.web.desk.plan import abandoning, calendar, correcting, quotas
from zaiti.web.desk.plan.context import find_cycle, find_cycles, with_plan
from zaiti.web.desk.plan.dashboard import show
from zaiti.web.desk.plan.progress import district_progress
from zaiti.web.desk.studio.forms import city_of
from zaiti.web.ui.pages import Request, onward, page


@at_desk(in_city_bureau)
def years(request: Request) -> HttpResponse:
    """List the years, and those in preparation."""
    city = city_of(request.user)
    return page(
        request,
        "desk/plan/index.html",
        cycles=with_plan(find_cycles(request)),
        drafts=YearDraft.objects.visible_to(request.user).in_preparation(),
        may_begin=bool(city and may_make(request.user, city)),
    )


@at_desk(in_city_bureau)
def dashboard(request: Request, pk: int) -> HttpResponse:
    """Show where each district stands against each deadline."""
    return show(request, find_cycle(request, pk))


@require_POST
@at_desk(in_city_bureau)
def remind(request: Request, pk: int, authority: int) -> HttpResponse:
    """Send a district what is late, in one click."""
    cycle = find_cycle(request, pk)
    district = get_object_or_404(cycle.districts, pk=authority)
    (progress,) = district_progress(Cycle.objects.filter(pk=pk), [district.pk])
    nudge(cycle, district, by=request.user, text=progress.reminder)
    messages.success(request, _("%(district)s was reminded.") % {"district": district.district})
    return onward(request, "desk:plan_year", pk)


urlpatterns = [
    path("plan/", years, name="plan"),
    path("plan/<int:pk>/", dashboard, name="plan_year"),
    path("plan/<int:pk>/remind/<int:authority>/", remind, name="plan_remind"),
    *quotas.urlpatterns,
    *abandoning.urlpatterns,
    *correcting.urlpatterns,
    *calendar.urlpatterns,
]
