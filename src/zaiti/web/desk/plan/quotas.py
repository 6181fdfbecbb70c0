"""The quota table with its cap, and places moved between districts."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from zaiti.programmes.actions import change_cap, move_quota, set_quotas
from zaiti.programmes.models import Cycle, QuotaMove
from zaiti.programmes.queries import is_sample, quota_table, sample_places
from zaiti.programmes.rules import may_plan
from zaiti.web.desk.access import at_desk, in_city_bureau
from zaiti.web.desk.plan.context import find_cycle
from zaiti.web.desk.plan.forms import CapForm, MoveForm, QuotasForm
from zaiti.web.ui.pages import Request, listing, onward, page


@at_desk(in_city_bureau)
def quotas(request: Request, pk: int) -> HttpResponse:
    """Show the plan, to be filled in; `?sample=1` puts the pack's sample in the cells, unsaved."""
    cycle = find_cycle(request, pk)
    table = quota_table(cycle)
    sample = sample_places(cycle, table)
    filled = {f"q-{d}-{t}": n for (d, t), n in sample.items()} if "sample" in request.GET else None
    return _show(request, cycle, QuotasForm(table, initial=filled), CapForm(initial={"cap": cycle.cap}))


@require_POST
@at_desk(in_city_bureau)
def save_quotas(request: Request, pk: int) -> HttpResponse:
    """Save the whole plan."""
    cycle = find_cycle(request, pk)
    form = QuotasForm(quota_table(cycle), request.POST)
    given = {"by": request.user, "places": form.places()} if form.is_valid() else {}
    if not given or not form.carries_out(set_quotas, cycle, **given):
        return _show(request, cycle, form, CapForm(initial={"cap": cycle.cap}), status=422)
    messages.success(request, _("The plan is saved: %(n)s places.") % {"n": sum(form.places().values())})
    return onward(request, "desk:plan_quotas", pk)


@require_POST
@at_desk(in_city_bureau)
def save_cap(request: Request, pk: int) -> HttpResponse:
    """Change the cap."""
    cycle, form = find_cycle(request, pk), CapForm(request.POST)
    if not form.is_valid():
        return _show(request, cycle, QuotasForm(quota_table(cycle)), form, status=422)
    change_cap(cycle, by=request.user, cap=form.cleaned_data["cap"])
    messages.success(request, _("The cap is now %(n)s.") % {"n": cycle.cap})
    return onward(request, "desk:plan_quotas", pk)


def _show(request: Request, cycle: Cycle, form: QuotasForm, cap: CapForm, status: int = 200) -> HttpResponse:
    sample = sample_places(cycle, form.table)
    return page(
        request,
        "desk/plan/quotas.html",
        "table",
        status=status,
        cycle=cycle,
        form=form,
        cap_form=cap,
        table=form.table,
        columns=list(zip(form.table.types, form.table.sums, strict=True)),
        is_sample=is_sample(form.table, sample),
        may_fill_sample=bool(sample) and form.table.total == 0,
        may_plan=may_plan(request.user, cycle),
    )


class MoveTable(tables.Table):
    """Moves, newest first."""

    at = tables.DateTimeColumn(format="Y-m-d H:i")
    source = tables.Column(gettext_lazy("from district"), accessor="source__authority__district")
    target = tables.Column(gettext_lazy("to district"), accessor="target__authority__district")
    carrier_type = tables.Column(gettext_lazy("carrier type"), accessor="source__carrier_type__name")
    places = tables.Column(attrs={"td": {"class": "text-end"}, "th": {"class": "text-end"}})
    by = tables.Column(gettext_lazy("by"))

    class Meta:
        model = QuotaMove
        fields = ("at", "source", "target", "carrier_type", "places", "reason", "by")


class MoveFilter(django_filters.FilterSet):
    """Moves by words of the reason and by day."""

    reason = django_filters.CharFilter(lookup_expr="says", label=gettext_lazy("reason"))
    since = django_filters.DateFilter(field_name="at", lookup_expr="date__gte", label=gettext_lazy("since"))
    upto = django_filters.DateFilter(field_name="at", lookup_expr="date__lte", label=gettext_lazy("up to"))

    class Meta:
        model = QuotaMove
        fields = ("reason",)


@at_desk(in_city_bureau)
def moves(request: Request, pk: int) -> HttpResponse:
    """List what was moved, and move more."""
    cycle = find_cycle(request, pk)
    form = MoveForm(cycle.types.all(), cycle.districts.all(), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _moves(request, cycle, form)
    source, target = (_quota(cycle, form, side) for side in ("source", "target"))
    given = {name: form.cleaned_data[name] for name in ("places", "reason")}
    move_quota(source, target, by=request.user, **given)
    messages.success(request, _("The places are moved; both districts are told."))
    return onward(request, "desk:plan_moves", pk)


def _quota(cycle: Cycle, form: MoveForm, side: str) -> Any:
    chosen = form.cleaned_data
    related = cycle.quotas.select_related("authority", "cycle__city")
    return get_object_or_404(related, authority=chosen[side], carrier_type=chosen["carrier_type"])


def _moves(request: Request, cycle: Cycle, form: MoveForm) -> HttpResponse:
    rows = cycle.quota_moves.select_related(
        "source__authority", "target__authority", "source__carrier_type", "by"
    )
    return listing(
        request,
        "desk/plan/moves.html",
        MoveTable,
        MoveFilter,
        rows,
        title=_("Moved places"),
        cycle=cycle,
        form=form,
        may_plan=may_plan(request.user, cycle),
        empty_what=_("No places have been moved this year."),
        empty_how=_("Places a district can't use may go to another, with a reason, until reports are due."),
    )


urlpatterns = [
    path("plan/<int:pk>/quotas/", quotas, name="plan_quotas"),
    path("plan/<int:pk>/quotas/save/", save_quotas, name="plan_quotas_save"),
    path("plan/<int:pk>/cap/", save_cap, name="plan_cap"),
    path("plan/<int:pk>/moves/", moves, name="plan_moves"),
]
