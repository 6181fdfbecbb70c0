"""Days, moments and deadlines as the pages write them, in Shanghai's time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.core import Refused

When = date | datetime
STRIP_DAYS_MAX = 35  # five weeks fit under a deadline; beyond, the count alone is said


@dataclass(frozen=True)
class Deadline:
    """A term as it stands now."""

    text: str
    tone: str
    last: date | None
    left: int | None
    sum: str
    days: list[clock.days.Day]


def written(value: When) -> str:
    """2025年7月4日; in English 4 July 2025."""
    return date_format(_day(value), "Y年n月j日" if _chinese() else "j F Y")


def written_moment(value: datetime) -> str:
    """2025年7月4日 18:00; in English 4 July 2025, 18:00."""
    return f"{written(value)}{' ' if _chinese() else ', '}{_local(value):%H:%M}"


def iso(value: When) -> str:
    """2025-07-04, for tables."""
    return f"{_day(value):%Y-%m-%d}"


def iso_moment(value: datetime) -> str:
    """2025-07-04 18:00, for tables."""
    return f"{_local(value):%Y-%m-%d %H:%M}"


def weekday(value: When) -> str:
    """周五; in English Fri."""
    day = _day(value)
    return f"周{'一二三四五六日'[day.weekday()]}" if _chinese() else f"{day:%a}"


def deadline(until: clock.Due) -> Deadline:
    """Say how many working days are left, until when, and the arithmetic behind it."""
    text, tone = left(until)
    if isinstance(until, clock.ToCome):
        return Deadline(text, tone, None, None, _why_to_come(), [])
    last, _hour = _last_day(until)
    try:
        number = clock.working_days_left(last)
    except Refused as unknown:
        return Deadline(text, tone, last, None, unknown.message, [])
    return Deadline(text, tone, last, number, _sum(last, number), _days(last))


def left(until: clock.Due) -> tuple[str, str]:
    """The same in one sentence with its tone, for a list's rows."""
    if isinstance(until, clock.ToCome):
        return str(until), "attention"
    last, hour = _last_day(until)
    when = f"{_short(last)} {hour}"
    try:
        return _said(until, last, clock.working_days_left(last), when)
    except Refused:
        return _("until %(when)s") % {"when": when}, "active"


def _why_to_come() -> str:
    return _(
        "The holidays of the year that this term reaches are not published, or not entered yet. "
        "Nothing is guessed: the day is set by itself when the table is entered, and you are told."
    )


def _said(until: When, last: date, left: int, when: str) -> tuple[str, str]:
    if _over(until, last):
        late = ngettext("%(n)s working day late", "%(n)s working days late", -left) % {"n": -left}
        said = late if left else _("The term is over")
        return _("%(late)s (was due by %(when)s)") % {"late": said, "when": when}, "late"
    if last == clock.today():
        return _("Due today (until %(when)s)") % {"when": when}, "attention"
    text = ngettext(
        "%(n)s working day left (until %(when)s)", "%(n)s working days left (until %(when)s)", left
    )
    return text % {"n": left, "when": when}, "attention" if left <= 1 else "active"


def _over(until: When, last: date) -> bool:
    return until <= clock.now() if isinstance(until, datetime) else last < clock.today()


def _sum(last: date, left: int) -> str:
    facts = {
        "today": _short(clock.today()),
        "last": _short(last),
        "weekday": weekday(last),
        "n": left,
    }
    if left < 0:
        return _("The last day was %(last)s (%(weekday)s); working days since then are counted.") % facts
    return (
        _(
            "Counted from the day after today (%(today)s) to the last day %(last)s (%(weekday)s); "
            "weekends and holidays are left out, make-up workdays are counted: %(n)s in all."
        )
        % facts
    )


def _days(last: date) -> list[clock.days.Day]:
    first = clock.today()
    return clock.strip(first, last) if timedelta() < last - first <= timedelta(days=STRIP_DAYS_MAX) else []


def _last_day(until: When) -> tuple[date, str]:
    """The day a term ends and its hour; midnight belongs to the day before, as its 24:00."""
    if not isinstance(until, datetime):
        return until, "24:00"
    moment = _local(until)
    if moment.hour == moment.minute == moment.second == 0:
        return moment.date() - timedelta(days=1), "24:00"
    return moment.date(), f"{moment:%H:%M}"


def _short(day: date) -> str:
    near = day.year == clock.today().year
    if _chinese():
        return date_format(day, "n 月 j 日" if near else "Y 年 n 月 j 日")
    return date_format(day, "j F" if near else "j F Y")


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _day(value: When) -> date:
    return _local(value).date() if isinstance(value, datetime) else value
