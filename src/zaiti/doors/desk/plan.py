"""The city's years: open one from a pack, see where each district stands, remind one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.doors.desk import plan_calendar, plan_quotas
from zaiti.doors.desk.access import at_desk, in_city_bureau
from zaiti.doors.desk.plan_find import find_cycle, find_cycles, with_plan
from zaiti.doors.desk.plan_forms import PackForm
from zaiti.doors.desk.plan_standing import Standing, standings
from zaiti.doors.ui.pages import Request, onward, page
from zaiti.programmes.actions import nudge, open_year
from zaiti.programmes.models import Cycle
from zaiti.programmes.rules import may_open_year, may_plan


@at_desk(in_city_bureau)
def years(request: Request) -> HttpResponse:
    """List the years, and open one."""
    return _years(request, PackForm())


def _years(request: Request, form: PackForm, status: int = 200) -> HttpResponse:
    cycles = with_plan(find_cycles(request))
    may_open = may_open_year(request.user)
    return page(request, "desk/plan.html", "open", status=status, cycles=cycles, form=form, may_open=may_open)


@require_POST
@at_desk(in_city_bureau)
def open_from_pack(request: Request) -> HttpResponse:
    """Open a year from one of the packs."""
    form = PackForm(request.POST)
    if not form.is_valid():
        return _years(request, form, status=422)
    cycle = open_year(form.cleaned_data["pack"], by=request.user)
    messages.success(request, _("%(year)s is open. Fill in the quotas next.") % {"year": cycle.name})
    return onward(request, "desk:plan_quotas", cycle.pk)


@at_desk(in_city_bureau)
def dashboard(request: Request, pk: int) -> HttpResponse:
    """Show where each district stands against each deadline."""
    cycle = find_cycle(request, pk)
    rows = standings(Cycle.objects.filter(pk=pk))
    late = [row for row in rows if row.late]
    return page(
        request,
        "desk/plan_year.html",
        cycle=cycle,
        rows=rows,
        late=late,
        totals=_totals(rows),
        may_plan=may_plan(request.user, cycle),
    )


@require_POST
@at_desk(in_city_bureau)
def remind(request: Request, pk: int, authority: int) -> HttpResponse:
    """Send a district what is late, in one click."""
    cycle = find_cycle(request, pk)
    district = get_object_or_404(cycle.districts, pk=authority)
    (standing,) = standings(Cycle.objects.filter(pk=pk), [district.pk])
    nudge(cycle, district, by=request.user, text=standing.reminder)
    messages.success(request, _("%(district)s was reminded.") % {"district": district.district})
    return onward(request, "desk:plan_year", pk)


def _totals(rows: list[Standing]) -> dict[str, int]:
    names = ("places", "placed", "applied", "accepted", "scored", "reports_sent")
    return {name: sum(getattr(row, name) for row in rows) for name in names}


urlpatterns = [
    path("plan/", years, name="plan"),
    path("plan/open/", open_from_pack, name="plan_open"),
    path("plan/<int:pk>/", dashboard, name="plan_year"),
    path("plan/<int:pk>/remind/<int:authority>/", remind, name="plan_remind"),
    *plan_quotas.urlpatterns,
    *plan_calendar.urlpatterns,
]
