"""Letters of authorisation as a list."""

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zaiti.core.folding import having
from zaiti.mandates.models import Mandate
from zaiti.web.lists.columns import TemplateColumn

Rows = QuerySet[Mandate]
STATES = [*Mandate.State.choices, ("all", _("All"))]


class MandateFilter(django_filters.FilterSet):
    """By unit or person and by state; without a state it has what waits."""

    q = django_filters.CharFilter(label=_("Unit, code or person"), method="search")
    state = django_filters.ChoiceFilter(
        label=_("State"), method="in_state", choices=STATES, empty_label=_("Waiting for us")
    )

    def search(self, rows: Rows, _name: str, value: str) -> Rows:
        """Find by a part of the name or the code."""
        return having(rows, value.split(), "unit_name", "person__words", "organisation__words")

    def in_state(self, rows: Rows, _name: str, value: str) -> Rows:
        """Keep one state, or all."""
        return rows if value == "all" else rows.filter(state=value)

    @property
    def qs(self) -> Rows:
        """The rows chosen; those that wait unless a state is named."""
        chosen: Rows = super().qs
        return chosen if self.form.cleaned_data.get("state") else chosen.filter(state=Mandate.State.WAITING)


class MandateTable(tables.Table):
    """One row a letter."""

    unit_name = tables.Column(verbose_name=_("Unit"), linkify=("desk:unit_letter", {"pk": tables.A("pk")}))
    organisation__uscc = tables.Column(verbose_name=_("Unified social credit code"))
    person = tables.Column(verbose_name=_("Person named"), order_by="person__name")
    claim = TemplateColumn(
        template_name="desk/units/claim.html", verbose_name=_("What is asked"), order_by="claim"
    )
    authority = tables.Column(verbose_name=_("Bureau that decides"), order_by="authority__id")
    sent_at = tables.DateTimeColumn(verbose_name=_("Sent"), format="Y-m-d H:i")
    state = TemplateColumn(
        "{% badge record.state record.get_state_display %}", verbose_name=_("State"), order_by="state"
    )

    def value_claim(self, record: Mandate) -> str:
        """The word alone, for a file."""
        return str(_("claims the unit") if record.claim else _("registered the unit"))

    def value_state(self, record: Mandate) -> str:
        """The word alone, for a file."""
        return record.get_state_display()
