"""Draws: making one, and the record for officials and supervisors."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zaiti.dossiers.story import documents
from zaiti.panels.actions import draw_experts
from zaiti.panels.models import Draw
from zaiti.panels.queries import replay
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.filters import districts, types
from zaiti.web.desk.panels.access import find_panel, watches
from zaiti.web.desk.panels.forms import DrawForm
from zaiti.web.lists.choices import Choice
from zaiti.web.lists.columns import TemplateColumn
from zaiti.web.ui.pages import Request, listing, page


class DrawTable(tables.Table):
    """Draws, the latest first."""

    at = TemplateColumn(
        "{{ record.at|iso_moment }}", verbose_name=_("Drawn at"), linkify=("desk:draw", [tables.A("pk")])
    )
    district = tables.Column(_("District"), accessor="panel__authority__district")
    type = tables.Column(_("Type"), accessor="panel__carrier_type__name")
    places = tables.Column(_("Places"), attrs={"td": {"class": "text-end"}, "th": {"class": "text-end"}})
    by = tables.Column(_("Drawn by"))
    watched_by = tables.Column(_("Watched by"), default="—")
    reason = tables.Column(_("Why again"), default="—")


class DrawFilter(django_filters.FilterSet):
    """By district, type and day."""

    authority = django_filters.ModelChoiceFilter(
        field_name="panel__authority", queryset=districts, label=_("District")
    )
    kind = Choice(types, field="panel__carrier_type__code", label=_("Type"), any_label=_("Any"))
    since = django_filters.DateFilter(field_name="at", lookup_expr="date__gte", label=_("Drawn since"))

    class Meta:
        model = Draw
        fields = ("authority", "kind", "since")


@at_desk(watches)
def draws(request: Request) -> HttpResponse:
    """List the draws."""
    rows = Draw.objects.visible_to(request.user).select_related(
        "panel__authority", "panel__carrier_type", "by", "watched_by"
    )
    context = {
        "title": _now("Draws of experts"),
        "empty_what": _now("No experts have been drawn yet."),
        "empty_how": _now("Each draw appears here as soon as an officer has made it."),
    }
    return listing(request, "desk/panels/draws.html", DrawTable, DrawFilter, rows, **context)


@at_desk(watches)
def draw(request: Request, pk: int) -> HttpResponse:
    """One draw with its record, repeated as one looks."""
    rows = Draw.objects.visible_to(request.user)
    related = ("panel__authority", "panel__carrier_type", "panel__cycle", "by", "watched_by", "paper")
    one = get_object_or_404(rows.select_related(*related), pk=pk)
    context: dict[str, Any] = {
        "draw": one,
        "faults": replay(one),
        "papers": documents(one.paper),
        "open": in_bureau(request.user),
    }
    return page(request, "desk/panels/draw.html", **context)


@require_POST
@at_desk(in_bureau)
def draw_now(request: Request, pk: int) -> HttpResponse:
    """Draw for the open places."""
    panel = find_panel(request, pk)
    form = DrawForm(request.POST, panel=panel, again=panel.draws.exists())
    if not form.is_valid():
        return page(request, "desk/panels/draw_form.html", panel=panel, form=form, status=422)
    made = draw_experts(panel, by=request.user, **form.cleaned_data)
    return redirect("desk:draw", made.pk)


urlpatterns = [
    path("panels/draws/", draws, name="draws"),
    path("panels/draws/<int:pk>/", draw, name="draw"),
    path("panels/<int:pk>/draw/", draw_now, name="panel_draw"),
]
