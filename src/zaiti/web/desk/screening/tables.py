"""The list of cases: its columns and its filters."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.applications.models import Application
from zaiti.core.folding import having
from zaiti.screening.queries import waiting
from zaiti.web.desk.filters import types
from zaiti.web.lists.choices import Choice
from zaiti.web.lists.presets import Preset
from zaiti.web.ui.templatetags.ui import badge, deadline

State = Application.State
Rows = QuerySet[Any]  # cases(), with what it annotates
NOT_CARRIED = ("page", "per_page", "export", "columns", "m", "p")
STAGES: dict[str, tuple[Any, dict[str, Any]]] = {
    "submitted": (_("To be checked"), {"state": State.SUBMITTED}),
    "correcting": (_("With the applicant"), {"state": State.RETURNED, "correction_lapsed": False}),
    "lapsed": (_("Correction lapsed"), {"state": State.RETURNED, "correction_lapsed": True}),
    "accepted": (_("Accepted"), {"state": State.ACCEPTED}),
    "declined": (_("Not accepted"), {"state": State.DECLINED}),
    "all": (_("All"), {}),
}


class CaseFilter(django_filters.FilterSet):
    """What the list can be narrowed to; without a stage it has what waits for the bureau."""

    q = django_filters.CharFilter(label=_("Unit or number"), method="search")
    stage = django_filters.ChoiceFilter(
        label=_("Stage"),
        method="at_stage",
        empty_label=_("Waiting for us"),
        choices=[(code, label) for code, (label, _facts) in STAGES.items()],
    )
    kind = Choice(types, field="carrier_type__code", label=_("Carrier type"), any_label=_("All types"))
    due = django_filters.ChoiceFilter(
        label=_("Due"),
        method="due_within",
        empty_label=_("Any time"),
        choices=[
            ("0", _("Today or past")),
            ("1", _("By the next working day")),
            ("3", _("In 3 working days")),
        ],
    )

    def search(self, rows: Rows, _name: str, value: str) -> Rows:
        """Find by a part of the unit's name or the number."""
        return having(rows, value.split(), "words", "organisation__words")

    def at_stage(self, rows: Rows, _name: str, value: str) -> Rows:
        """Keep the cases at one stage."""
        return rows.filter(**STAGES[value][1])

    def due_within(self, rows: Rows, _name: str, value: str) -> Rows:
        """Keep the cases due within so many working days."""
        last = clock.term(clock.today(), int(value))
        return rows.filter(due__lte=last) if last else rows

    @property
    def qs(self) -> Rows:
        """The rows chosen; those that wait for the bureau unless a stage is named."""
        chosen: Rows = super().qs
        return chosen if self.form.cleaned_data.get("stage") else waiting(chosen)


class CaseTable(tables.Table):
    """One row a case."""

    organisation = tables.Column(verbose_name=_("Unit"), order_by="organisation__name")
    number = tables.Column(verbose_name=_("Number"), attrs={"td": {"class": "text-nowrap"}})
    carrier_type = tables.Column(verbose_name=_("Carrier type"), order_by="carrier_type__order")
    submitted_at = tables.DateTimeColumn(
        verbose_name=_("Handed in"), format="Y-m-d H:i", attrs={"td": {"class": "text-nowrap"}}
    )
    due = tables.Column(verbose_name=_("Working days left"), order_by="due", empty_values=())
    state = tables.Column(verbose_name=_("State"))

    def render_organisation(self, record: Application) -> SafeString:
        """Lead to the case, taking the list's filters along."""
        address = reverse("desk:screening_case", args=[record.pk])
        return format_html('<a href="{}{}">{}</a>', address, self.carried, record.organisation)

    @cached_property
    def carried(self) -> str:
        """The list's filters, for every row alike."""
        return carry(self.request.GET)

    def value_organisation(self, record: Application) -> str:
        """Export the name alone."""
        return record.organisation.name

    def render_due(self, record: Application) -> SafeString:
        """How long there is; many are due on one day."""
        return self.said(record.term)

    @cached_property
    def said(self) -> Callable[[clock.Due | None], SafeString]:
        """A term in words, found out once for each."""
        return cache(lambda term: deadline(term, plain=True))

    def render_state(self, record: Application) -> SafeString:
        """The state; that a correction lapsed says more."""
        if record.correction_lapsed and record.state == State.RETURNED:
            return badge("late", _("correction lapsed"))
        return badge(record.state, record.get_state_display())

    def value_due(self, record: Any) -> date | str | None:
        """Export the day."""
        return str(record.term) if isinstance(record.term, clock.ToCome) else record.term

    def value_state(self, record: Application) -> str:
        """Export the word."""
        return record.get_state_display()


def carry(query: Any) -> str:
    """The list's filters as the end of an address."""
    kept = query.copy()
    for name in NOT_CARRIED:
        kept.pop(name, None)
    return f"?{kept.urlencode()}" if kept else ""


def presets(rows: Rows) -> list[Preset]:
    """The stages as links with their counts, in one query."""
    groups = list(rows.order_by().values("state", "correction_lapsed").annotate(n=Count("pk")))
    counts = {
        code: sum(group["n"] for group in groups if facts.items() <= group.items())
        for code, (_label, facts) in STAGES.items()
    }
    links = [Preset(STAGES[code][0], f"stage={code}", count) for code, count in counts.items()]
    return [Preset(_("Waiting for us"), "", counts["submitted"] + counts["lapsed"]), *links]
