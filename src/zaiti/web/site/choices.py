"""The choices of the public lists' filters, read when a list is shown."""

from typing import Any

import django_filters

from zaiti.accounts.models import Authority
from zaiti.carriers.models import Carrier
from zaiti.notices.models import Publication
from zaiti.programmes.models import Cycle

Choices = list[tuple[Any, str]]


def districts() -> Choices:
    """The districts, by code."""
    rows = Authority.objects.filter(level=Authority.Level.DISTRICT)
    return list(rows.values_list("code", "district"))


def publishers() -> Choices:
    """The city bureau and the districts."""
    return [(bureau.code, bureau.district or bureau.name) for bureau in Authority.objects.all()]


def cycle_years() -> Choices:
    """Years of recognition, the latest first."""
    return _as_choices(Cycle.objects.order_by("-year").values_list("year", flat=True).distinct())


def register_years() -> Choices:
    """Years in which carriers were recognised, the latest first."""
    return _as_choices(Carrier.objects.order_by("-year").values_list("year", flat=True).distinct())


def notice_years() -> Choices:
    """Years in which texts were published, the latest first."""
    days = Publication.objects.standing().dates("made_on", "year", order="DESC")
    return _as_choices(day.year for day in days)


def _as_choices(years: Any) -> Choices:
    return [(year, str(year)) for year in years]


class Choice(django_filters.ChoiceFilter):
    """A choice by one field's value; its choices may be a function."""

    def __init__(self, choices: Any, *, field: str, label: Any, any_label: Any) -> None:
        super().__init__(choices=choices, field_name=field, label=label, empty_label=any_label)
