"""Time as the procedure sees it: a clock that demo and tests can set, and working days."""

from zaiti.clock.days import (
    add_working_days,
    end_of_day,
    is_working,
    roll_on,
    strip,
    working_days_left,
)
from zaiti.clock.present import at, now, set_to, today

__all__ = [
    "add_working_days",
    "at",
    "end_of_day",
    "is_working",
    "now",
    "roll_on",
    "set_to",
    "strip",
    "today",
    "working_days_left",
]
