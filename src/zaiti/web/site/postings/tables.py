"""The list of postings."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zaiti.publicity.models import Posting
from zaiti.web.lists.choices import Choice
from zaiti.web.lists.columns import TemplateColumn
from zaiti.web.site.choices import cycle_years, districts

NUMBER = {"td": {"class": "text-end"}, "th": {"class": "text-end"}}
STATE = "{% badge record.state record.get_state_display %}"
TERM = (
    '{% if record.state == "open" %}{% deadline record.last_day plain=True %}'
    "{% else %}{{ record.last_day|iso_date }}{% endif %}"
)


class PostingTable(tables.Table):
    """One row for each posting."""

    title = tables.Column(
        _("Posting"), accessor="publication__title", linkify=("site:posting", {"pk": tables.A("pk")})
    )
    district = tables.Column(_("District"), accessor="authority__district", order_by=("authority_id",))
    year = tables.Column(_("Year"), accessor="cycle__year")
    state = TemplateColumn(STATE, verbose_name=_("State"))
    count = tables.Column(_("Names"), attrs=NUMBER)
    posted_at = tables.DateTimeColumn(format="Y-m-d", verbose_name=_("Posted on"))
    last_day = TemplateColumn(TERM, verbose_name=_("Last day"))

    def value_state(self, record: Posting) -> str:
        """The word alone, for a file."""
        return str(record.get_state_display())

    def value_last_day(self, record: Posting) -> str:
        """The day alone, for a file."""
        return f"{record.last_day:%Y-%m-%d}"


class PostingFilter(django_filters.FilterSet):
    """By year, district and state."""

    year = Choice(cycle_years, field="cycle__year", label=_("Year"), any_label=_("Any"))
    district = Choice(districts, field="authority__code", label=_("District"), any_label=_("Any"))
    state = Choice(Posting.State.choices, field="state", label=_("State"), any_label=_("Any"))

    class Meta:
        model = Posting
        fields = ("year", "district", "state")
