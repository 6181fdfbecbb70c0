"""Units that ask for a new name: the list, one case, the answer."""

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from zaiti.applications.actions import refuse_renaming
from zaiti.applications.models import Renaming
from zaiti.applications.rules import may_answer_renaming
from zaiti.core import require
from zaiti.core.folding import having
from zaiti.panels.actions import consent_to_new_name
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.filters import districts
from zaiti.web.forms.fields import Form
from zaiti.web.lists.columns import TemplateColumn
from zaiti.web.ui.pages import Request, listing, page


class RenamingTable(tables.Table):
    """One row for each question."""

    former = tables.Column(linkify=("desk:renaming", {"pk": tables.A("pk")}))
    name = tables.Column()
    authority = tables.Column(gettext_lazy("District"), accessor="authority__district")
    asked_at = tables.DateTimeColumn(format="Y-m-d H:i")
    state = TemplateColumn(
        "{% badge record.state record.get_state_display %}", verbose_name=gettext_lazy("State")
    )

    class Meta:
        model = Renaming
        fields = ("former", "name", "authority", "asked_at", "state")

    def value_state(self, record: Renaming) -> str:
        """The word alone, for a file."""
        return record.get_state_display()


class RenamingFilter(django_filters.FilterSet):
    """By name, district and state."""

    q = django_filters.CharFilter(label=gettext_lazy("Name or credit code"), method="by_words")
    authority = django_filters.ModelChoiceFilter(queryset=districts, label=gettext_lazy("District"))
    state = django_filters.ChoiceFilter(
        choices=Renaming.State.choices, label=gettext_lazy("State"), empty_label=gettext_lazy("Any")
    )

    class Meta:
        model = Renaming
        fields = ("q", "authority", "state")

    def by_words(self, rows: QuerySet[Renaming], _name: str, value: str) -> QuerySet[Renaming]:
        """Find by the present or the new name."""
        return having(rows, value.split(), "former", "name", "organisation__words")


class RefusalForm(Form):
    """Why a new name is refused."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The unit reads it."),
    )


@at_desk(in_bureau)
def renamings(request: Request) -> HttpResponse:
    """List the questions, the latest first."""
    return listing(
        request,
        "desk/renamings/index.html",
        RenamingTable,
        RenamingFilter,
        Renaming.objects.visible_to(request.user).select_related("authority"),
        title=_("Changes of name"),
        empty_what=_("No unit has asked for a new name."),
        empty_how=_("A unit that has handed in asks its district here before it bears a new name."),
    )


@at_desk(in_bureau)
def renaming(request: Request, pk: int) -> HttpResponse:
    """Show one question with what it touches."""
    return _show(request, _find(request, pk), RefusalForm())


@require_POST
@at_desk(in_bureau)
def consent(request: Request, pk: int) -> HttpResponse:
    """Consent."""
    one = _find(request, pk)
    consent_to_new_name(one, by=request.user)
    messages.success(request, _("The unit is now called %s.") % one.name)
    return redirect("desk:renaming", pk)


@require_POST
@at_desk(in_bureau)
def refuse(request: Request, pk: int) -> HttpResponse:
    """Refuse, with the reason."""
    one, form = _find(request, pk), RefusalForm(request.POST)
    require(may_answer_renaming(request.user, one))
    if not form.is_valid():
        return _show(request, one, form, status=422)
    refuse_renaming(one, by=request.user, **form.cleaned_data)
    messages.success(request, _("The present name stands; the unit was told why."))
    return redirect("desk:renaming", pk)


def _find(request: Request, pk: int) -> Renaming:
    rows = Renaming.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("authority", "organisation", "asked_by", "decided_by"), pk=pk
    )


def _show(request: Request, one: Renaming, form: RefusalForm, status: int = 200) -> HttpResponse:
    unit = one.organisation
    facts: dict[str, Any] = {
        "renaming": one,
        "form": form,
        "may": one.can("consent") and may_answer_renaming(request.user, one),
        "evidence": one.evidence.all(),
        "former_names": unit.former_names.all(),
        "renamings": unit.renamings.exclude(pk=one.pk),
    }
    return page(request, "desk/renamings/case.html", status=status, **facts)


urlpatterns = [
    path("renamings/", renamings, name="renamings"),
    path("renamings/<int:pk>/", renaming, name="renaming"),
    path("renamings/<int:pk>/consent/", consent, name="renaming_consent"),
    path("renamings/<int:pk>/refuse/", refuse, name="renaming_refuse"),
]
