"""Calls: prepared by one officer, approved and published by another."""

from functools import partial
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

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.core import require
from zaiti.dossiers.affairs import call_next, call_steps
from zaiti.dossiers.timeline import history
from zaiti.notices.actions import (
    draft_call,
    edit_call,
    prepare_call,
    publish_call,
    send_back_call,
)
from zaiti.notices.models import Call
from zaiti.notices.papers import CALL
from zaiti.notices.queries import changes, defaults, warnings
from zaiti.notices.rules import may_amend, may_draft
from zaiti.notices.sources import gather
from zaiti.notices.text import call_facts, paragraphs
from zaiti.programmes.models import Cycle
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.amendments import views as amendments
from zaiti.web.desk.calls import city_notice, rubrics, texts
from zaiti.web.desk.calls.context import changes_of, find_call, to_begin, worked_on
from zaiti.web.desk.calls.forms import CallForm, call_initial
from zaiti.web.desk.countersigned import signing
from zaiti.web.desk.drafts import draft
from zaiti.web.desk.filters import years
from zaiti.web.desk.reasons import ReasonForm, with_reason
from zaiti.web.lists.columns import TemplateColumn
from zaiti.web.ui.pages import Request, listing, onward, page


class CallTable(tables.Table):
    """Calls, newest year first."""

    title = tables.Column(linkify=("desk:call", {"pk": tables.A("pk")}))
    district = tables.Column(gettext_lazy("District"), accessor="authority__district")
    year = tables.Column(gettext_lazy("year"), accessor="cycle__year")
    state = TemplateColumn("{% badge record.state record.get_state_display %}")
    opens_at = tables.DateTimeColumn(format="Y-m-d H:i")
    closes_at = tables.DateTimeColumn(format="Y-m-d H:i")
    published_at = tables.DateTimeColumn(format="Y-m-d H:i")

    class Meta:
        model = Call
        fields = ("title", "district", "year", "state", "opens_at", "closes_at", "published_at")


class CallFilter(django_filters.FilterSet):
    """Calls by year, district, state and words of the title."""

    title = django_filters.CharFilter(lookup_expr="says", label=gettext_lazy("title"))
    cycle = django_filters.ModelChoiceFilter(queryset=years, label=gettext_lazy("year"))

    state = django_filters.ChoiceFilter(
        choices=Call.State.choices, label=gettext_lazy("state"), empty_label=gettext_lazy("Any")
    )

    class Meta:
        model = Call
        fields = ("title", "cycle", "state")


@at_desk(in_bureau)
def calls(request: Request) -> HttpResponse:
    """List calls, and those still to be begun."""
    return listing(
        request,
        "desk/calls/index.html",
        CallTable,
        CallFilter,
        worked_on(request),
        title=_("Calls"),
        owed=to_begin(request),
        empty_what=_("No call has been begun yet."),
        empty_how=_("Once the city has opened a year, a district's officer prepares its call here."),
    )


@at_desk(in_bureau)
def begin(request: Request, cycle: int, authority: int) -> HttpResponse:
    """Begin a district's call from what the year's pack says already."""
    year, bureau = get_object_or_404(Cycle, pk=cycle), get_object_or_404(Authority, pk=authority)
    require(may_draft(request.user, bureau))
    types = year.types.all()
    form = CallForm(types, request.POST or None, initial=defaults(year, bureau) | {"types": types})
    if request.method == "POST" and form.is_valid():
        call = draft_call(year, bureau, by=request.user, **form.cleaned_data)
        messages.success(request, _("The draft is saved."))
        return onward(request, "desk:call", call.pk)
    return _form(request, form, cycle=year, authority=bureau)


@at_desk(in_bureau)
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft."""
    call = find_call(request, pk)
    require(may_draft(request.user, call.authority))
    form = CallForm(call.cycle.types.all(), request.POST or None, initial=call_initial(call))
    if form.is_valid() and form.carries_out(edit_call, call, by=request.user, **form.cleaned_data):
        messages.success(request, _("The draft is saved."))
        return onward(request, "desk:call", pk)
    return _form(request, form, cycle=call.cycle, authority=call.authority, call=call, warned=warnings(call))


def _form(request: Request, form: CallForm, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return page(request, "desk/calls/form.html", "fields", status=status, form=form, **context)


@at_desk(in_bureau)
def call(request: Request, pk: int) -> HttpResponse:
    """Read a call, compare it with the last version, take the next step."""
    return _show(request, find_call(request, pk))


def _show(request: Request, shown: Call, reason: ReasonForm | None = None) -> HttpResponse:
    user, draft = request.user, shown.state == Call.State.DRAFT
    source, published = gather(shown), shown.state == Call.State.PUBLISHED
    compared = changes(shown) if shown.state == Call.State.PREPARED else None
    return page(
        request,
        "desk/calls/call.html",
        call=shown,
        reason_form=reason or ReasonForm(),
        paras=paragraphs(source),
        rubrics=list(zip(source.kinds, source.rubrics, strict=True)),
        changes=compared,
        differs=any(change.kind != "same" for change in compared or ()),
        warned=warnings(shown, source),
        window_over=shown.closes_at <= clock.now(),
        steps=call_steps(shown),
        whereabouts=call_next(shown),
        events=history(shown, papers=[shown.publication.paper if shown.publication else None]),
        may_edit=draft and may_draft(user, shown.authority),
        **signing(shown, user),
        may_extend=published and may_amend(user, shown.authority),
        amendments=changes_of(shown.publication) if shown.publication else (),
    )


@require_POST
@at_desk(in_bureau)
def prepare(request: Request, pk: int) -> HttpResponse:
    """Put a draft before the approver."""
    prepare_call(find_call(request, pk), by=request.user)
    messages.success(request, _("The call is with the approver."))
    return onward(request, "desk:call", pk)


@require_POST
@at_desk(in_bureau)
def send_back(request: Request, pk: int) -> HttpResponse:
    """Give a call back to its officer."""
    sent = find_call(request, pk)
    if refused := with_reason(request, send_back_call, sent, partial(_show, request, sent)):
        return refused
    messages.success(request, _("The call went back to its officer."))
    return onward(request, "desk:call", pk)


@require_POST
@at_desk(in_bureau)
def publish(request: Request, pk: int) -> HttpResponse:
    """Approve and publish a call."""
    publication = publish_call(find_call(request, pk), by=request.user)
    number = publication.index_number or publication.doc_number or publication.title
    messages.success(request, _("The call is published under %(n)s.") % {"n": number})
    return onward(request, "desk:call", pk)


@at_desk(in_bureau)
def preview(request: Request, pk: int) -> HttpResponse:
    """Show the paper as it would be issued now."""
    call = find_call(request, pk)
    facts = call_facts(call)
    return draft(CALL, authority=call.authority, title=call.title, facts=facts)


urlpatterns = [
    path("calls/", calls, name="calls"),
    path("calls/new/<int:cycle>/<int:authority>/", begin, name="call_new"),
    path("calls/<int:pk>/", call, name="call"),
    path("calls/<int:pk>/preview/", preview, name="call_preview"),
    path("calls/<int:pk>/edit/", edit, name="call_edit"),
    path("calls/<int:pk>/prepare/", prepare, name="call_prepare"),
    path("calls/<int:pk>/send-back/", send_back, name="call_send_back"),
    path("calls/<int:pk>/publish/", publish, name="call_publish"),
    *city_notice.urlpatterns,
    *amendments.urlpatterns,
    *rubrics.urlpatterns,
    *texts.urlpatterns,
]
