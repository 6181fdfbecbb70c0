"""The choices of the public lists' filters, read when a list is shown."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from zaiti.accounts.models import Authority
from zaiti.carriers.models import Carrier
from zaiti.notices.models import Publication
from zaiti.programmes.models import Cycle
from zaiti.programmes.queries import type_choices
from zaiti.web.http.cities import bureaus_here

Choices = list[tuple[Any, str]]


def districts(request: HttpRequest) -> Choices:
    """The districts, by code."""
    rows = bureaus_here(request).filter(level=Authority.Level.DISTRICT)
    return list(rows.values_list("code", "district"))


def publishers(request: HttpRequest) -> Choices:
    """The city bureau and the districts."""
    return [(bureau.code, bureau.district or bureau.name) for bureau in bureaus_here(request)]


def cycle_years(request: HttpRequest) -> Choices:
    """Years of recognition, the latest first."""
    return _as_choices(
        Cycle.objects.filter(city__in=bureaus_here(request))
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct()
    )


def register_years(request: HttpRequest) -> Choices:
    """Years in which carriers were recognised, the latest first."""
    return _as_choices(_carriers(request).order_by("-year").values_list("year", flat=True).distinct())


def notice_years(request: HttpRequest) -> Choices:
    """Years in which texts were published, the latest first."""
    days = (
        Publication.objects.standing()
        .filter(authority__in=bureaus_here(request))
        .dates("made_on", "year", order="DESC")
    )
    return _as_choices(day.year for day in days)


def types(request: HttpRequest) -> Choices:
    """The types of this city's years, each code once, named as the latest year names it."""
    return type_choices(Cycle.objects.filter(city__in=bureaus_here(request)))


def _carriers(request: HttpRequest) -> QuerySet[Carrier]:
    return Carrier.objects.filter(authority__in=bureaus_here(request))


def _as_choices(years: Any) -> Choices:
    return [(year, str(year)) for year in years]
