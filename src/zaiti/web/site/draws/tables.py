"""The list of expert draws."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from zaiti.panels.models import Draw
from zaiti.web.lists.choices import Choice
from zaiti.web.site.choices import cycle_years, districts, types
from zaiti.web.site.postings.tables import NUMBER


class DrawTable(tables.Table):
    """One row for each draw; experts are marks, never names."""

    panel = tables.Column(
        _("Panel"), accessor="panel__carrier_type__name", linkify=("site:draw", {"pk": tables.A("pk")})
    )
    district = tables.Column(
        _("District"), accessor="panel__authority__district", order_by=("panel__authority_id",)
    )
    year = tables.Column(_("Year"), accessor="panel__cycle__year")
    at = tables.DateTimeColumn(format="Y-m-d H:i", verbose_name=_("Drawn at"))
    pool_size = tables.Column(_("Pool size"), attrs=NUMBER)
    places = tables.Column(_("Seated"), attrs=NUMBER)


class DrawFilter(django_filters.FilterSet):
    """By year, district and type."""

    year = Choice(cycle_years, field="panel__cycle__year", label=_("Year"), any_label=_("Any"))
    district = Choice(districts, field="panel__authority__code", label=_("District"), any_label=_("Any"))
    type = Choice(types, field="panel__carrier_type__code", label=_("Type"), any_label=_("Any"))

    class Meta:
        model = Draw
        fields = ("year", "district", "type")
