"""Time as the procedure sees it: a clock that demo and tests can set, and working days."""

from zaiti.clock.days import (
    TO_COME,
    Due,
    ToCome,
    add_working_days,
    end_of_day,
    is_working,
    missing_year,
    roll_on,
    strip,
    term,
    working_days_left,
)
from zaiti.clock.present import at, now, set_to, today

__all__ = [
    "TO_COME",
    "Due",
    "ToCome",
    "add_working_days",
    "at",
    "end_of_day",
    "is_working",
    "missing_year",
    "now",
    "roll_on",
    "set_to",
    "strip",
    "term",
    "today",
    "working_days_left",
]
