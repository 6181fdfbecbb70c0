"""The holiday table that all working days are counted by."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti.accounts.models import User
from zaiti.clock.days import forget_table
from zaiti.clock.models import HolidayYear, SpecialDay
from zaiti.core import Refused, require
from zaiti.ledger.chain import record
from zaiti.programmes.rules import may_keep_calendar

SATURDAY = 5


@transaction.atomic
def add_holiday_year(year: int, *, by: User, source: str) -> HolidayYear:
    """Enter a year whose holiday arrangement is known; its special days follow one by one."""
    require(may_keep_calendar(by))
    if not source.strip():
        raise Refused(_("Name the State Council's notice that this year's arrangement comes from."))
    added, new = HolidayYear.objects.get_or_create(pk=year, defaults={"source": source})
    if not new:
        raise Refused(_("%(year)s is in the holiday table already.") % {"year": year})
    record("add_holiday_year", added, by=by, source=source)
    transaction.on_commit(forget_table)
    return added


@transaction.atomic
def edit_special_day(day: date, *, by: User, working: bool, name: str) -> None:
    """Say whether a day is worked; a day that is again what its weekday says needs no entry."""
    require(may_keep_calendar(by))
    year = HolidayYear.objects.select_for_update(no_key=True).filter(pk=day.year).first()
    if year is None:
        raise Refused(_("Add %(year)s to the holiday table first.") % {"year": day.year})
    if working == (day.weekday() < SATURDAY):
        SpecialDay.objects.filter(pk=day).delete()
    else:
        SpecialDay.objects.update_or_create(pk=day, defaults={"working": working, "name": name})
    record("edit_special_day", year, by=by, day=day, working=working, name=name)
    transaction.on_commit(forget_table)
