"""Working days by the holiday table; the first day is not counted, the last rolls on (民法典 201, 203)."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from zaiti.clock.present import today
from zaiti.core import Refused

SATURDAY = 5
PUBLISHED_IN = 11  # the State Council publishes the next year's arrangement in November, as a rule
TABLE_KEPT_S = 30.0


@dataclass(frozen=True)
class Table:
    """The holiday table as read: the years it knows and the days that differ from their weekday."""

    years: frozenset[int]
    special: dict[date, tuple[bool, str]]
    read_at: float


@dataclass(frozen=True)
class Day:
    """One day of a calendar strip."""

    date: date
    working: bool
    name: str
    make_up: bool


_table: Table | None = None


def forget_table() -> None:
    """Read the holiday table anew at the next question; call it after editing the table."""
    global _table
    _table = None


def is_working(day: date) -> bool:
    """Tell a working day from a rest day; a year that is not in the table is refused, never guessed."""
    table = _read()
    if day.year not in table.years:
        raise Refused(
            _("The holiday table has no arrangement for %(year)s yet; enter it before counting working days.")
            % {"year": day.year}
        )
    return table.special[day][0] if day in table.special else day.weekday() < SATURDAY


class ToCome:
    """Stands for a day that can't be told yet; it reads as the sentence that says so."""

    def __str__(self) -> str:
        return _("to be computed when the State Council's holiday table is entered")


TO_COME = ToCome()
Due = date | datetime | ToCome


def term(start: date, days: int) -> date | None:
    """Give the last day of a term, or None while the table lacks a year that it reaches: never guessed."""
    try:
        return add_working_days(start, days)
    except Refused:
        return None


def add_working_days(start: date, days: int) -> date:
    """Give the last day of a term of working days; the starting day is not counted."""
    day = start
    for _count in range(days):
        day = roll_on(day + timedelta(days=1))
    return day


def roll_on(day: date) -> date:
    """Give the day itself, or the next working day when it is a rest day."""
    while not is_working(day):
        day += timedelta(days=1)
    return day


def working_days_left(until: date | datetime) -> int:
    """Count the working days after today up to the last day; negative when it is past."""
    last = timezone.localtime(until).date() if isinstance(until, datetime) else until
    first = today()
    if last < first:
        return -_count_between(last, first)
    return _count_between(first, last)


def missing_year() -> int | None:
    """The year whose table should be here by now: this one, and from November on the next."""
    day, known = today(), _read().years
    wanted = [day.year, *([day.year + 1] if day.month >= PUBLISHED_IN else [])]
    return next((year for year in wanted if year not in known), None)


def last_known_year() -> int:
    """The last year in force."""
    return max(_read().years, default=0)


def end_of_day(day: date) -> datetime:
    """Give the first instant after a day: its 24:00."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))


def strip(first: date, last: date) -> list[Day]:
    """List each day from first to last with what the table says of it, for a calendar strip."""
    special = _read().special
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for year in range(first.year, last.year + 1):
        is_working(date(year, 1, 1))  # refuses a year that is not in the table
    return [as_told(day, special) for day in days]


def as_told(day: date, special: Mapping[date, tuple[bool, str]]) -> Day:
    """One day by these special days, which may wait to be confirmed."""
    working, name = special.get(day, (day.weekday() < SATURDAY, ""))
    return Day(day, working, name, working and day in special)


def _count_between(after: date, upto: date) -> int:
    return sum(is_working(after + timedelta(days=n + 1)) for n in range((upto - after).days))


def _read() -> Table:
    global _table
    if _table is None or time.monotonic() - _table.read_at > TABLE_KEPT_S:
        rows = list(_rows())
        years = frozenset(year for year, day, _working, _name in rows if day is None)
        special = {day: (working, name) for _year, day, working, name in rows if day is not None}
        _table = Table(years, special, time.monotonic())
    return _table


def _rows() -> "models.QuerySet[Any, tuple[int, date | None, bool, str]]":
    """Years in force, and special days, in one question: every page may ask it."""
    days = apps.get_model("clock", "SpecialDay").objects.annotate(of=models.Value(0)).order_by()
    years = apps.get_model("clock", "HolidayYear").objects.filter(in_force=True)
    years = years.annotate(
        no_day=models.Value(None, models.DateField()), rest=models.Value(False), no_name=models.Value("")
    )
    whole = years.values_list("year", "no_day", "rest", "no_name")
    return whole.union(days.values_list("of", "day", "working", "name"), all=True)
