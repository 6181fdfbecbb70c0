"""Panels: the list, forming one, and a panel's own page."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.accounts.models import Post, User
from zaiti.accounts.rules import holds
from zaiti.applications.models import Application
from zaiti.core import require
from zaiti.notices.models import Call, CallType
from zaiti.panels.actions import admit, finish_panel, form_panel
from zaiti.panels.models import Panel, Review
from zaiti.panels.queries import spreads, waiting, widest_apart
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.filters import ByType
from zaiti.web.desk.panels import draws, meetings, pool, reviews
from zaiti.web.desk.panels.access import find_panel
from zaiti.web.desk.panels.context import overview
from zaiti.web.desk.panels.forms import PanelForm
from zaiti.web.desk.panels.scores import score_rows
from zaiti.web.lists.columns import TemplateColumn
from zaiti.web.lists.exports import TYPES, as_file
from zaiti.web.ui.pages import Request, listing, page

SPREADS = 20  # applications at once


class PanelTable(tables.Table):
    """Panels, with how far each is."""

    carrier_type = tables.Column(_("Type"), linkify=("desk:panel", [tables.A("pk")]))
    authority = tables.Column(_("District"), accessor="authority__district")
    year = tables.Column(_("Year"), accessor="cycle__year")
    state = TemplateColumn("{% badge record.state record.get_state_display %}", verbose_name=_("State"))
    size = tables.Column(_("Experts"), attrs={"td": {"class": "text-end"}, "th": {"class": "text-end"}})
    scored = tables.Column(
        _("Scored"), empty_values=(), attrs={"td": {"class": "text-end"}, "th": {"class": "text-end"}}
    )

    def render_scored(self, record: Panel) -> str:
        """Say how many of the applications are scored."""
        return f"{getattr(record, 'scored', 0)}/{getattr(record, 'number', 0)}"

    def value_state(self, record: Panel) -> str:
        """The state's word, for files."""
        return record.get_state_display()


class PanelFilter(ByType):
    """By year, district, type and state."""

    state = django_filters.ChoiceFilter(choices=Panel.State.choices, label=_("State"), empty_label=_("Any"))

    class Meta:
        model = Panel
        fields = ("cycle", "authority", "kind", "state")


@at_desk(in_bureau)
def panels(request: Request) -> HttpResponse:
    """List the panels, and the types that still have none."""
    rows = Panel.objects.visible_to(request.user).select_related("authority", "carrier_type", "cycle")
    scored = Count("reviews", Q(reviews__state=Review.State.SCORED), distinct=True)
    rows = rows.annotate(number=Count("reviews", distinct=True), scored=scored)
    context = {
        "title": _now("Panels"),
        "to_form": _to_form(request.user),
        "empty_what": _now("No panel has been formed yet."),
        "empty_how": _now("Once the window of a call has closed, a panel is formed here for each type."),
    }
    return listing(request, "desk/panels/list.html", PanelTable, PanelFilter, rows, **context)


def _to_form(user: User) -> QuerySet[CallType]:
    """Types of closed calls with accepted applications and no panel, in the districts the officer serves."""
    bureaus = [post.authority_id for post in user.live_posts() if post.role == Post.Role.OFFICER]
    same = {"call": OuterRef("call"), "carrier_type": OuterRef("carrier_type")}
    accepted = Application.objects.filter(state=Application.State.ACCEPTED, **same)
    closed = CallType.objects.filter(call__state=Call.State.PUBLISHED, call__closes_at__lte=clock.now())
    lacking = closed.filter(Exists(accepted), ~Exists(Panel.objects.filter(**same)))
    own = lacking.filter(call__authority__in=bureaus)
    return own.select_related("call__cycle", "call__authority", "carrier_type")


@at_desk(in_bureau)
def form(request: Request) -> HttpResponse:
    """Form a panel."""
    require(holds(request.user, Post.Role.OFFICER))
    filled = PanelForm(request.POST or None, choices=_to_form(request.user))
    if request.method == "POST" and filled.is_valid():
        chosen = filled.cleaned_data["call_type"]
        size = filled.cleaned_data["size"]
        made = form_panel(chosen.call, chosen.carrier_type, by=request.user, size=size)
        return redirect("desk:panel", made.pk)
    status = 422 if request.method == "POST" else 200
    return page(request, "desk/panels/form.html", form=filled, status=status)


@at_desk(in_bureau)
def panel(request: Request, pk: int) -> HttpResponse:
    """One panel: experts, applications, papers, what comes next."""
    board = find_panel(request, pk)
    facts = overview(board, request.user, request.GET.get("page"))
    return page(request, "desk/panels/panel.html", **facts)


@require_POST
@at_desk(in_bureau)
def put_before(request: Request, pk: int, application: int) -> HttpResponse:
    """Put an application accepted later before the panel."""
    board = find_panel(request, pk)
    late = get_object_or_404(waiting(board), pk=application)
    admit(late, by=request.user)
    return redirect("desk:panel", pk)


@require_POST
@at_desk(in_bureau)
def finish(request: Request, pk: int) -> HttpResponse:
    """Close the panel with its score summary."""
    finish_panel(find_panel(request, pk), by=request.user)
    messages.success(request, _now("The panel has finished; the score summary is being made."))
    return redirect("desk:panel", pk)


@at_desk(in_bureau)
def spread(request: Request, pk: int) -> HttpResponse:
    """Where the experts disagree; for the district alone."""
    board = find_panel(request, pk)
    require(board.authority_id in request.user.authority_ids())
    if (kind := request.GET.get("export", "")) in TYPES:
        return as_file(score_rows(board), kind, title=_now("Scores of %(panel)s") % {"panel": board})
    rows: Any = Paginator(widest_apart(board.reviews.all()), SPREADS).get_page(request.GET.get("page"))
    shown = spreads(rows.object_list)
    return page(request, "desk/panels/spread.html", panel=board, spreads=shown, rows=rows)


urlpatterns = [
    path("panels/", panels, name="panels"),
    path("panels/form/", form, name="panel_form"),
    path("panels/<int:pk>/", panel, name="panel"),
    path("panels/<int:pk>/admit/<int:application>/", put_before, name="panel_admit"),
    path("panels/<int:pk>/finish/", finish, name="panel_finish"),
    path("panels/<int:pk>/spread/", spread, name="panel_spread"),
    *draws.urlpatterns,
    *meetings.urlpatterns,
    *reviews.urlpatterns,
    *pool.urlpatterns,
]
