from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from zaiti import clock
from zaiti.web.ui import dates

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2025, 6, 30, 9, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("until", "left", "tone", "text"),
    [
        (date(2025, 7, 4), 4, "active", "4 working days left (until 4 July 24:00)"),
        (date(2025, 7, 1), 1, "attention", "1 working day left (until 1 July 24:00)"),
        (date(2025, 6, 30), 0, "attention", "Due today (until 30 June 24:00)"),
        (date(2025, 6, 27), -1, "late", "1 working day late (was due by 27 June 24:00)"),
        (
            datetime(2025, 7, 4, 18, 0, tzinfo=SHANGHAI),
            4,
            "active",
            "4 working days left (until 4 July 18:00)",
        ),
        (
            datetime(2025, 7, 4, 0, 0, tzinfo=SHANGHAI),
            3,
            "active",
            "3 working days left (until 3 July 24:00)",
        ),
        (
            datetime(2025, 6, 30, 8, 0, tzinfo=SHANGHAI),
            0,
            "late",
            "The term is over (was due by 30 June 08:00)",
        ),
        (date(2026, 1, 5), None, "active", "5 January 2026 24:00"),
    ],
)
def test_a_deadline_says_what_is_left_until_when(until, left, tone, text):
    with clock.at(MONDAY):
        term = dates.deadline(until)
    assert text in term.text
    assert term.tone == tone
    assert left is None or term.left == left


def test_make_up_workdays_are_counted_and_shown():
    with clock.at(
        datetime(2025, 4, 25, 9, 0, tzinfo=SHANGHAI)
    ):  # a Friday; 27 April 2025 was a make-up workday
        term = dates.deadline(date(2025, 4, 28))
    assert term.left == 2
    assert [day.date.day for day in term.days if day.make_up] == [27]


def test_a_year_without_its_holiday_table_is_said_not_guessed():
    with clock.at(MONDAY):
        term = dates.deadline(date(2093, 3, 2))
    assert term.left is None
    assert "holiday table" in term.sum


def test_each_language_has_one_way_to_write_a_day():
    day = datetime(2025, 7, 4, 18, 5, tzinfo=SHANGHAI)
    assert (dates.written(day), dates.written_moment(day)) == ("4 July 2025", "4 July 2025, 18:05")
    with translation.override("zh-hans"):
        assert (dates.written(day), dates.weekday(day)) == ("2025年7月4日", "周五")
        assert dates.written_moment(day) == "2025年7月4日 18:05"
    assert (dates.iso(day), dates.iso_moment(day)) == ("2025-07-04", "2025-07-04 18:05")
