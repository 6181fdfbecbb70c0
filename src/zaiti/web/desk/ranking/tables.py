"""The list of candidate lists."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zaiti.ranking.models import CandidateList
from zaiti.web.desk.filters import ByType
from zaiti.web.lists.columns import TemplateColumn

NUMBER = {"td": {"class": "text-end"}, "th": {"class": "text-end"}}


class ListTable(tables.Table):
    """One row for each ranking."""

    name = tables.Column(
        _("Candidate list"),
        accessor="carrier_type__name",
        linkify=("desk:ranking_list", {"pk": tables.A("pk")}),
    )
    cycle = tables.Column(_("Year"), accessor="cycle__year")
    authority = tables.Column(_("District"), accessor="authority__district")
    state = TemplateColumn("{% badge record.state record.get_state_display %}", verbose_name=_("State"))
    names = tables.Column(_("Applications"), attrs=NUMBER)
    placed = tables.Column(_("On the list"), attrs=NUMBER)
    meeting_on = tables.DateColumn(format="Y-m-d", verbose_name=_("Meeting"))

    def value_state(self, record: CandidateList) -> str:
        """The word alone, for a file."""
        return str(record.get_state_display())


class ListFilter(ByType):
    """By year, district, type and state."""

    state = django_filters.ChoiceFilter(
        choices=CandidateList.State.choices, label=_("State"), empty_label=_("Any")
    )

    class Meta:
        model = CandidateList
        fields = ("cycle", "authority", "kind", "state")
