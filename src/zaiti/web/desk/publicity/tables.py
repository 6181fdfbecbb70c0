"""The lists of postings and of objections."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.publicity.models import Objection, Posting
from zaiti.web.desk.filters import ByDistrict, districts
from zaiti.web.lists.columns import TemplateColumn

NUMBER = {"td": {"class": "text-end"}, "th": {"class": "text-end"}}
STATE = "{% badge record.state record.get_state_display %}"
POSTING_STATE = (
    f"{STATE}{{% if record.publication.taken_down_at %}}"
    '{% include "ui/text_state.html" with text=record.publication only %}{% endif %}'
)


class PostingTable(tables.Table):
    """One row for each posting."""

    authority = tables.Column(
        _("District"), accessor="authority__district", linkify=("desk:posting", {"pk": tables.A("pk")})
    )
    cycle = tables.Column(_("Year"), accessor="cycle__year")
    state = TemplateColumn(POSTING_STATE, verbose_name=_("State"))
    posted_at = tables.DateTimeColumn(format="Y-m-d H:i", verbose_name=_("Posted at"))
    last_day = tables.DateColumn(format="Y-m-d", verbose_name=_("Last day"))
    count = tables.Column(_("Names"), attrs=NUMBER)
    disputed = tables.Column(_("Open objections"), attrs=NUMBER)

    def value_state(self, record: Posting) -> str:
        """The words alone, for a file."""
        state = str(record.get_state_display())
        return f"{state} · {_('taken down')}" if record.publication.taken_down_at else state


class PostingFilter(ByDistrict):
    """By year, district and state."""

    state = django_filters.ChoiceFilter(choices=Posting.State.choices, label=_("State"), empty_label=_("Any"))

    class Meta:
        model = Posting
        fields = ("cycle", "authority", "state")


class ObjectionTable(tables.Table):
    """One row for each objection; who raised it is no column."""

    number = tables.Column(
        _("Objection"),
        linkify=("desk:objection", {"pk": tables.A("pk")}),
        attrs={"td": {"class": "text-nowrap"}},
    )
    candidate = tables.Column(_("Objected to"), accessor="candidate__review__application__organisation__name")
    authority = tables.Column(_("District"), accessor="posting__authority__district")
    state = TemplateColumn(STATE, verbose_name=_("State"))
    received_at = tables.DateTimeColumn(format="Y-m-d H:i", verbose_name=_("Received at"))
    due = TemplateColumn(
        "{% if record.state in record.OPEN %}{% deadline record.due|to_come plain=True %}"
        "{% else %}{{ record.due|iso_date }}{% endif %}",
        verbose_name=_("To be answered by"),
    )

    def value_state(self, record: Objection) -> str:
        """The word alone, for a file."""
        return str(record.get_state_display())

    def value_due(self, record: Objection) -> str:
        """The day alone, for a file."""
        return f"{record.due:%Y-%m-%d}" if record.due else str(clock.TO_COME)


class ObjectionFilter(django_filters.FilterSet):
    """By district and state."""

    district = django_filters.ModelChoiceFilter(
        field_name="posting__authority", queryset=districts, label=_("District")
    )
    state = django_filters.ChoiceFilter(
        choices=Objection.State.choices, label=_("State"), empty_label=_("Any")
    )

    class Meta:
        model = Objection
        fields = ("district", "state")
