"""The public register of carriers: what it shows of each, and nothing else."""

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zaiti.carriers.models import Carrier
from zaiti.core.folding import having
from zaiti.web.lists.choices import Choice
from zaiti.web.lists.columns import TemplateColumn
from zaiti.web.site.choices import districts, register_years, types

SEARCHED = ("words", "organisation__words", "carrier_type__words", "authority__words")
VALID, REVOKED = "valid", "revoked"
STATES = {VALID: _("valid"), REVOKED: _("revoked")}
BADGE = (
    '{% load i18n %}{% if record.revoked_on %}{% badge "revoked" _("revoked") %}'
    '{% else %}{% badge "done" _("valid") %}{% endif %}'
)


class CarrierTable(tables.Table):
    """One row for each carrier. That one was told to correct is between it and its bureau."""

    name = tables.Column(
        _("Carrier"), linkify=("site:carrier", {"certificate": tables.A("certificate_number")})
    )
    unit = tables.Column(_("Recognised unit"), accessor="unit_words", order_by=("organisation__name",))
    type = tables.Column(_("Type"), accessor="carrier_type__name")
    district = tables.Column(_("District"), accessor="authority__district", order_by=("authority_id",))
    year = tables.Column(_("Year"))
    certificate_number = tables.Column(_("Certificate number"), attrs={"td": {"class": "text-nowrap"}})
    recognised_on = tables.DateColumn(format="Y-m-d", verbose_name=_("Recognised on"))
    state = TemplateColumn(BADGE, verbose_name=_("State"), order_by=("revoked_on",))

    def value_state(self, record: Carrier) -> str:
        """The word alone, for a file."""
        return str(STATES[REVOKED if record.revoked_on else VALID])


class CarrierFilter(django_filters.FilterSet):
    """By words, year, district, type and state."""

    q = django_filters.CharFilter(label=_("Carrier, unit or certificate number"), method="by_words")
    year = Choice(register_years, field="year", label=_("Year"), any_label=_("Any"))
    district = Choice(districts, field="authority__code", label=_("District"), any_label=_("Any"))
    type = Choice(types, field="carrier_type__code", label=_("Type"), any_label=_("Any"))
    state = django_filters.ChoiceFilter(
        choices=list(STATES.items()), label=_("State"), method="by_state", empty_label=_("Any")
    )

    class Meta:
        model = Carrier
        fields = ("q", "year", "district", "type", "state")

    def by_words(self, rows: QuerySet[Carrier], _name: str, words: str) -> QuerySet[Carrier]:
        """Keep the carriers that have every word somewhere."""
        return carriers_with(rows, words.split())

    def by_state(self, rows: QuerySet[Carrier], _name: str, state: str) -> QuerySet[Carrier]:
        """Keep the valid ones, or the revoked ones."""
        return rows.filter(revoked_on__isnull=state == VALID)


def carriers_with(rows: QuerySet[Carrier], words: list[str]) -> QuerySet[Carrier]:
    """Keep the carriers that have every word in their name, unit, type, district or certificate number."""
    return having(rows, words, *SEARCHED)
