"""The pool of experts: the list, one expert, adding one."""

import secrets
from collections.abc import Iterable
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zaiti.accounts.models import User
from zaiti.core import require
from zaiti.core.folding import having
from zaiti.panels.actions import add_expert, add_new_expert, change_expert, retire_expert, return_expert
from zaiti.panels.models import Expert
from zaiti.panels.rules import may_keep_pool, may_reach
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.filters import types
from zaiti.web.desk.panels.forms import ExpertForm, PoolForm
from zaiti.web.lists.choices import Choice
from zaiti.web.lists.presets import Preset
from zaiti.web.ui.pages import Request, listing, page


def type_names(codes: list[str], named: Iterable[tuple[str, str]]) -> str:
    """Name carrier types in the order of the notice; an expert without any is for all."""
    return "、".join(name for code, name in named if code in codes) or _now("all")


class ExpertTable(tables.Table):
    """The pool."""

    name = tables.Column(
        _("Name"),
        accessor="user__name",
        linkify=("desk:expert", [tables.A("pk")]),
        attrs={"td": {"class": "text-nowrap"}},
    )
    unit = tables.Column(_("Employer"))
    title = tables.Column(_("Professional title"), default="—", attrs={"td": {"class": "text-nowrap"}})
    specialities = tables.Column(_("Specialities"), default="—")
    types = tables.Column(_("Carrier types"), orderable=False)
    active = tables.Column(_("In the pool"))

    def render_types(self, value: list[str]) -> str:
        """Name the types."""
        return type_names(value, self.named)

    def before_render(self, request: Request) -> None:
        """Read the names once for the list."""
        self.named = types(request)

    def render_active(self, value: bool) -> str:
        """Say it in a word."""
        return _now("yes") if value else _now("retired")


class ExpertFilter(django_filters.FilterSet):
    """By words, type, and whether they may be drawn."""

    q = django_filters.CharFilter(method="search", label=_("Name, unit or speciality"))
    type = Choice(types, field="types", method="of_type", label=_("Carrier type"), any_label=_("Any"))
    active = django_filters.ChoiceFilter(
        choices=[("true", _("yes")), ("false", _("retired"))],
        method="is_active",
        label=_("In the pool"),
        empty_label=_("Any"),
    )

    class Meta:
        model = Expert
        fields = ("q", "type", "active")

    def search(self, rows: QuerySet[Expert], _name: str, value: str) -> QuerySet[Expert]:
        """Look for words in what describes an expert."""
        return having(rows, value.split(), "user__words", "unit", "title", "specialities")

    def of_type(self, rows: QuerySet[Expert], _name: str, value: str) -> QuerySet[Expert]:
        """Keep those who know this type."""
        return rows.filter(types__contains=[value])

    def is_active(self, rows: QuerySet[Expert], _name: str, value: str) -> QuerySet[Expert]:
        """Keep those who may be drawn, or the others."""
        return rows.filter(active=value == "true")


@at_desk(in_bureau)
def experts(request: Request) -> HttpResponse:
    """List the pool."""
    context = {
        "title": _now("Expert pool"),
        "may": may_keep_pool(request.user),
        "presets": [Preset(label, f"type={code}&active=true") for code, label in types(request)],
        "empty_what": _now("The pool is empty."),
        "empty_how": _now("Experts are added here; draws are made among them."),
    }
    rows = Expert.objects.visible_to(request.user).select_related("user")
    return listing(request, "desk/panels/experts.html", ExpertTable, ExpertFilter, rows, **context)


@at_desk(in_bureau)
def expert(request: Request, pk: int) -> HttpResponse:
    """One expert of the pool."""
    one = get_object_or_404(_pool(request), pk=pk)
    facts = [
        (_now("Employer"), one.unit),
        (_now("Employer's credit code"), one.unit_uscc),
        (_now("Professional title"), one.title),
        (_now("Specialities"), one.specialities),
        (_now("Carrier types"), type_names(one.types, types(request))),
    ]
    if may_reach(request.user, one):
        facts += [(_now("User name"), one.user.username), (_now("E-mail"), one.user.email)]
    return page(request, "desk/panels/expert.html", expert=one, facts=facts, may=may_keep_pool(request.user))


@at_desk(in_bureau)
def add(request: Request) -> HttpResponse:
    """Add an expert, with a new account where there is none."""
    require(may_keep_pool(request.user))
    form = ExpertForm(types(request), request.POST or None)
    if request.method != "POST":
        return page(request, "desk/panels/expert_form.html", form=form)
    if not form.is_valid():
        return page(request, "desk/panels/expert_form.html", form=form, status=422)
    made, password = _added(request.user, form)
    if password:  # shown once, kept nowhere
        return page(request, "desk/panels/expert_made.html", expert=made, password=password)
    return redirect("desk:expert", made.pk)


def _pool(request: Request) -> QuerySet[Expert]:
    return Expert.objects.visible_to(request.user).select_related("user")


def _added(by: User, form: ExpertForm) -> tuple[Expert, str]:
    given: dict[str, Any] = dict(form.cleaned_data)
    account = {name: given.pop(name) for name in ("username", "name", "email")}
    if form.account:
        return add_expert(form.account, by=by, **given), ""
    password = secrets.token_urlsafe(12)
    return add_new_expert(by=by, password=password, **account, **given), password


@at_desk(in_bureau)
def change(request: Request, pk: int) -> HttpResponse:
    """Change what the pool says of an expert, as when they go to another employer."""
    require(may_keep_pool(request.user))
    one = get_object_or_404(_pool(request), pk=pk)
    kept = {name: getattr(one, name) for name in PoolForm.base_fields}
    form = PoolForm(types(request), request.POST or None, initial=kept)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "desk/panels/expert_form.html", form=form, expert=one, status=status)
    change_expert(one, by=request.user, **form.cleaned_data)
    return redirect("desk:expert", pk)


@require_POST
@at_desk(in_bureau)
def switch(request: Request, pk: int) -> HttpResponse:
    """Retire an expert, or let one be drawn again."""
    one = get_object_or_404(_pool(request), pk=pk)
    (retire_expert if one.active else return_expert)(one, by=request.user)
    return redirect("desk:expert", pk)


urlpatterns = [
    path("panels/experts/", experts, name="experts"),
    path("panels/experts/add/", add, name="expert_add"),
    path("panels/experts/<int:pk>/", expert, name="expert"),
    path("panels/experts/<int:pk>/change/", change, name="expert_change"),
    path("panels/experts/<int:pk>/switch/", switch, name="expert_switch"),
]
