"""The list of reports."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zaiti.results.models import Report
from zaiti.web.desk.filters import ByDistrict
from zaiti.web.desk.publicity.tables import NUMBER, STATE
from zaiti.web.lists.columns import TemplateColumn


class ReportTable(tables.Table):
    """One row for each report."""

    authority = tables.Column(
        _("District"), accessor="authority__district", linkify=("desk:report", {"pk": tables.A("pk")})
    )
    cycle = tables.Column(_("Year"), accessor="cycle__year")
    state = TemplateColumn(STATE, verbose_name=_("State"))
    count = tables.Column(_("Names"), attrs=NUMBER)
    deadline = tables.DateColumn(accessor="cycle__report_deadline", format="Y-m-d", verbose_name=_("Due"))
    sent_at = tables.DateTimeColumn(format="Y-m-d H:i", verbose_name=_("Sent at"))

    def value_state(self, record: Report) -> str:
        """The word alone, for a file."""
        return str(record.get_state_display())


class ReportFilter(ByDistrict):
    """By year, district and state."""

    state = django_filters.ChoiceFilter(choices=Report.State.choices, label=_("State"), empty_label=_("Any"))

    class Meta:
        model = Report
        fields = ("cycle", "authority", "state")
