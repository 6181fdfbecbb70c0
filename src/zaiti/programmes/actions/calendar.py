"""The holiday table that all working days are counted by; a year counts once an official has confirmed it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.queries import holders
from zaiti.clock.days import forget_table
from zaiti.clock.models import HolidayYear, SpecialDay
from zaiti.core import Refused, require
from zaiti.ledger.chain import record
from zaiti.outbox.notify import notify
from zaiti.programmes.rules import may_keep_calendar

SATURDAY = 5
Rows = Iterable[tuple[str, bool, str]]  # day, worked, name


@transaction.atomic
def add_holiday_year(year: int, *, by: User, source: str) -> HolidayYear:
    """Begin a year's table; it counts once its days are entered, or imported, and confirmed."""
    require(may_keep_calendar(by))
    _require_source(source)
    fresh = {"source": source, "in_force": False, "draft": []}
    added, new = HolidayYear.objects.get_or_create(pk=year, defaults=fresh)
    if not new:
        raise Refused(_("%(year)s is in the holiday table already.") % {"year": year})
    record("add_holiday_year", added, by=by, source=source)
    return added


@transaction.atomic
def draft_holiday_year(year: int, *, by: User, source: str, days: Rows) -> HolidayYear:
    """Keep an arrangement to be looked at; nothing is counted by it before it is confirmed."""
    require(may_keep_calendar(by))
    _require_source(source)
    rows = [list(row) for row in days]
    if not rows:
        raise Refused(_("No holiday is named."))
    drafted, new = HolidayYear.objects.get_or_create(pk=year, defaults={"source": source, "in_force": False})
    drafted.draft, drafted.source = rows, source if not drafted.in_force else drafted.source
    drafted.save(update_fields=["draft", "source"])
    record("draft_holiday_year", drafted, by=by, source=source, days=rows, new=new)
    return drafted


@transaction.atomic
def confirm_holiday_year(year: int, *, by: User) -> HolidayYear:
    """Put the drafted arrangement in force, with what it says of days in the years beside it."""
    require(may_keep_calendar(by))
    row = HolidayYear.objects.select_for_update(no_key=True).filter(pk=year).first()
    if row is None or not row.draft:
        raise Refused(_("There is no arrangement of %(year)s that waits to be confirmed.") % {"year": year})
    SpecialDay.objects.filter(day__year=year).delete()
    for day, working, name in row.draft:
        SpecialDay.objects.update_or_create(pk=day, defaults={"working": working, "name": name})
    record("confirm_holiday_year", row, by=by, days=row.draft, again=row.in_force)
    row.draft, row.in_force = None, True
    row.save(update_fields=["draft", "in_force"])
    forget_table()
    transaction.on_commit(forget_table)
    return row


@transaction.atomic
def drop_holiday_draft(year: int, *, by: User) -> None:
    """Throw an arrangement away that was never confirmed."""
    require(may_keep_calendar(by))
    row = HolidayYear.objects.select_for_update(no_key=True).filter(pk=year).exclude(draft=None).first()
    if row is None:
        raise Refused(_("There is no arrangement of %(year)s that waits to be confirmed.") % {"year": year})
    record("drop_holiday_draft", row, by=by, days=row.draft)
    row.draft = None
    row.save(update_fields=["draft"])
    HolidayYear.objects.filter(pk=year, in_force=False).delete()


@transaction.atomic
def edit_special_day(day: date, *, by: User, working: bool, name: str) -> None:
    """Say whether a day is worked; a day that is again what its weekday says needs no entry."""
    require(may_keep_calendar(by))
    year = HolidayYear.objects.select_for_update(no_key=True).filter(pk=day.year).first()
    if year is None:
        raise Refused(_("Add %(year)s to the holiday table first.") % {"year": day.year})
    usual = working == (day.weekday() < SATURDAY)
    if year.draft is not None:
        _edit_draft(year, day, None if usual else [day.isoformat(), working, name])
    elif usual:
        SpecialDay.objects.filter(pk=day).delete()
    else:
        SpecialDay.objects.update_or_create(pk=day, defaults={"working": working, "name": name})
    record("edit_special_day", year, by=by, day=day, working=working, name=name)
    transaction.on_commit(forget_table)


@transaction.atomic
def warn_of_missing_year(*, by: User | None = None) -> int | None:
    """Remind the cities' officers of a year whose holidays should have been entered by now."""
    require(by is None)
    year = clock.missing_year()
    if year is not None:
        for city in Authority.objects.filter(level=Authority.Level.CITY):
            officers, about = holders(city, Post.Role.OFFICER), HolidayYear(year=year)
            notify(officers, "programmes/mail/missing_year.txt", about=about, year=year)
    return year


def _require_source(source: str) -> None:
    if not source.strip():
        raise Refused(_("Name the State Council's notice that this year's arrangement comes from."))


def _edit_draft(year: HolidayYear, day: date, row: list[object] | None) -> None:
    others = [kept for kept in year.draft or [] if kept[0] != day.isoformat()]
    year.draft = sorted([*others, row] if row else others)
    year.save(update_fields=["draft"])
