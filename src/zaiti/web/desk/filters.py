"""Filters that several lists have alike: year, district, carrier type."""

import django_filters
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority
from zaiti.programmes.models import CarrierType, Cycle

DISTRICTS = Authority.objects.filter(level=Authority.Level.DISTRICT)


class ByDistrict(django_filters.FilterSet):
    """By year and district."""

    cycle = django_filters.ModelChoiceFilter(queryset=Cycle.objects.all(), label=_("Year"))
    authority = django_filters.ModelChoiceFilter(queryset=DISTRICTS, label=_("District"))


class ByType(ByDistrict):
    """By year, district and carrier type."""

    kind = django_filters.ChoiceFilter(
        field_name="carrier_type__code",
        choices=CarrierType.Code.choices,
        label=_("Type"),
        empty_label=_("Any"),
    )
