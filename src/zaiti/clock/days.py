"""Working days by the holiday table; the first day is not counted, the last rolls on (民法典 201, 203)."""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from zaiti.clock.present import today
from zaiti.core import Refused

SATURDAY = 5
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


def end_of_day(day: date) -> datetime:
    """Give the first instant after a day: its 24:00."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))


def strip(first: date, last: date) -> list[Day]:
    """List each day from first to last with what the table says of it, for a calendar strip."""
    special = _read().special
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [
        Day(day, is_working(day), special.get(day, (False, ""))[1], is_working(day) and day in special)
        for day in days
    ]


def _count_between(after: date, upto: date) -> int:
    return sum(is_working(after + timedelta(days=n + 1)) for n in range((upto - after).days))


def _read() -> Table:
    global _table
    if _table is None or time.monotonic() - _table.read_at > TABLE_KEPT_S:
        years = apps.get_model("clock", "HolidayYear").objects.values_list("year", flat=True)
        rows = apps.get_model("clock", "SpecialDay").objects.values_list("day", "working", "name")
        _table = Table(frozenset(years), {d: (w, n) for d, w, n in rows}, time.monotonic())
    return _table
