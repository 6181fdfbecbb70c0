from datetime import date, datetime

import pytest
from django.utils import timezone

from zaiti import clock
from zaiti.core import Refused


@pytest.mark.parametrize(
    ("start", "last"),
    [("2025-06-27", "2025-07-04"), ("2025-04-25", "2025-05-06"), ("2025-04-30", "2025-05-12")],
)
def test_five_working_days_end_where_the_holiday_table_says(start, last):
    assert clock.add_working_days(date.fromisoformat(start), 5) == date.fromisoformat(last)


def test_a_make_up_sunday_is_a_working_day():
    assert clock.is_working(date(2025, 4, 27))


def test_a_last_day_on_a_rest_day_rolls_on():
    assert clock.roll_on(date(2024, 8, 25)) == date(2024, 8, 26)


def test_a_year_that_is_not_in_the_table_is_refused():
    with pytest.raises(Refused, match="2027"):
        clock.is_working(date(2027, 3, 1))


@pytest.mark.parametrize(("until", "left"), [("2025-07-04", 3), ("2025-07-01", 0), ("2025-06-27", -2)])
def test_working_days_left_counts_from_tomorrow(until, left):
    with clock.at(timezone.make_aware(datetime(2025, 7, 1, 10))):
        assert clock.working_days_left(date.fromisoformat(until)) == left
