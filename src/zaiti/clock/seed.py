"""The holiday table from chinesecalendar, which knows the State Council's arrangements of 2004 to 2026."""

from datetime import date, timedelta
from functools import cache

import chinese_calendar
from chinese_calendar.constants import Holiday

FIRST_YEAR, LAST_YEAR = 2004, 2026
SOURCE = "国务院办公厅节假日安排（chinesecalendar）"
NAMES = {holiday.value: holiday.chinese for holiday in Holiday}


@cache
def special_days() -> list[tuple[date, bool, str]]:
    """List each day that differs from its weekday: (day, working, name)."""
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [
        (day, working, _name(day, working))
        for day in days
        if (working := chinese_calendar.is_workday(day)) != (day.weekday() < 5)
    ]


def _name(day: date, working: bool) -> str:
    holiday = chinese_calendar.get_holiday_detail(day)[1]
    return "调休上班" if working else NAMES.get(holiday, "节假日")
