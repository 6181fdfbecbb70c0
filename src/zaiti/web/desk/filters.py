"""Filters that several lists have alike: year, district, carrier type."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority
from zaiti.programmes.models import Cycle
from zaiti.programmes.queries import type_choices
from zaiti.web.lists.choices import Choice
from zaiti.web.ui.pages import Request


def districts(request: Request) -> QuerySet[Authority]:
    """The districts of one's own city."""
    within = Authority.objects.within(request.user.city_ids())
    return within.filter(level=Authority.Level.DISTRICT)


def years(request: Request) -> QuerySet[Cycle]:
    """The years of one's own city."""
    return Cycle.objects.filter(city__in=request.user.city_ids())


def types(request: Request) -> list[tuple[str, str]]:
    """The types of one's own city's years."""
    return type_choices(years(request))


class ByDistrict(django_filters.FilterSet):
    """By year and district."""

    cycle = django_filters.ModelChoiceFilter(queryset=years, label=_("Year"))
    authority = django_filters.ModelChoiceFilter(queryset=districts, label=_("District"))


class ByType(ByDistrict):
    """By year, district and carrier type."""

    kind = Choice(types, field="carrier_type__code", label=_("Type"), any_label=_("Any"))
