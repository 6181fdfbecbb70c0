from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.clock.days import forget_table
from zaiti.clock.models import HolidayYear, SpecialDay
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.programmes.actions import (
    add_holiday_year,
    confirm_holiday_year,
    draft_holiday_year,
    drop_holiday_draft,
    edit_special_day,
    warn_of_missing_year,
)

MONDAY, SUNDAY = date(2031, 3, 3), date(2031, 3, 9)
HOLIDAY = [(MONDAY.isoformat(), False, "示例节"), (SUNDAY.isoformat(), True, "调休上班")]


@pytest.fixture
def officer():
    return make.holder("officer", make.city())


@pytest.fixture(autouse=True)
def _read_anew():
    yield
    forget_table()


def known(year: int) -> bool:
    forget_table()
    return clock.term(date(year, 1, 1), 3) is not None


def test_a_year_that_is_begun_is_not_a_year_without_holidays(officer):
    add_holiday_year(2031, by=officer, source="国办发明电〔2030〕0号（示例）")
    assert not known(2031)
    with pytest.raises(Refused):
        confirm_holiday_year(2031, by=officer)
    assert Entry.objects.get(verb="add_holiday_year").thing_id == 2031


def test_a_draft_counts_once_it_is_confirmed(officer):
    draft_holiday_year(2031, by=officer, source="示例", days=HOLIDAY)
    assert not known(2031)
    confirm_holiday_year(2031, by=officer)
    assert known(2031)
    assert not clock.is_working(MONDAY)
    assert clock.is_working(SUNDAY)
    assert Entry.objects.get(verb="confirm_holiday_year").facts["days"] == [list(row) for row in HOLIDAY]


def test_a_days_of_the_year_before_go_into_force_with_it(officer):
    last = date(2025, 12, 31)
    draft_holiday_year(2031, by=officer, source="示例", days=[*HOLIDAY, (last.isoformat(), False, "元旦")])
    assert clock.is_working(last)
    confirm_holiday_year(2031, by=officer)
    assert not clock.is_working(last)


def test_a_year_begun_by_hand_is_edited_day_by_day_and_confirmed(officer):
    add_holiday_year(2031, by=officer, source="示例")
    edit_special_day(MONDAY, by=officer, working=False, name="示例节")
    edit_special_day(SUNDAY, by=officer, working=True, name="调休上班")
    edit_special_day(MONDAY, by=officer, working=True, name="")
    assert not SpecialDay.objects.filter(day__year=2031).exists()
    confirm_holiday_year(2031, by=officer)
    assert list(SpecialDay.objects.filter(day__year=2031).values_list("day", flat=True)) == [SUNDAY]


def test_a_confirmed_year_keeps_counting_as_it_was_until_a_change_is_confirmed(officer):
    draft_holiday_year(2025, by=officer, source="示例", days=[("2025-03-03", False, "示例节")])
    forget_table()
    assert clock.is_working(date(2025, 3, 3))
    drop_holiday_draft(2025, by=officer)
    assert known(2025)
    draft_holiday_year(2025, by=officer, source="示例", days=[("2025-03-03", False, "示例节")])
    confirm_holiday_year(2025, by=officer)
    assert not clock.is_working(date(2025, 3, 3))
    assert clock.is_working(date(2025, 10, 1))  # the new arrangement stands for the old one


def test_a_day_of_a_confirmed_year_is_changed_at_once(officer):
    day = date(2025, 3, 3)
    edit_special_day(day, by=officer, working=False, name="示例节")
    forget_table()
    assert not clock.is_working(day)
    edit_special_day(day, by=officer, working=True, name="")
    assert not SpecialDay.objects.filter(day=day).exists()


def test_what_was_never_confirmed_can_be_thrown_away(officer):
    draft_holiday_year(2031, by=officer, source="示例", days=HOLIDAY)
    drop_holiday_draft(2031, by=officer)
    assert not HolidayYear.objects.filter(pk=2031).exists()
    with pytest.raises(Refused):
        drop_holiday_draft(2031, by=officer)


def test_a_year_twice_is_refused(officer):
    with pytest.raises(Refused):
        add_holiday_year(2025, by=officer, source="示例")


def test_a_year_without_its_source_or_days_is_refused(officer):
    with pytest.raises(Refused):
        add_holiday_year(2031, by=officer, source=" ")
    with pytest.raises(Refused):
        draft_holiday_year(2031, by=officer, source=" ", days=HOLIDAY)
    with pytest.raises(Refused):
        draft_holiday_year(2031, by=officer, source="示例", days=[])


def test_a_day_of_an_unknown_year_is_refused(officer):
    with pytest.raises(Refused):
        edit_special_day(MONDAY, by=officer, working=False, name="示例节")


def test_a_district_may_not_touch_the_table():
    person = make.holder("officer")
    for deed in (
        lambda: add_holiday_year(2031, by=person, source="示例"),
        lambda: draft_holiday_year(2031, by=person, source="示例", days=HOLIDAY),
        lambda: confirm_holiday_year(2031, by=person),
        lambda: drop_holiday_draft(2031, by=person),
        lambda: edit_special_day(date(2025, 3, 3), by=person, working=False, name="示例节"),
    ):
        with pytest.raises(PermissionDenied):
            deed()


@pytest.mark.parametrize(
    ("day", "missing"), [((2026, 10, 31), None), ((2026, 11, 1), 2027), ((2027, 2, 1), 2027)]
)
def test_from_november_on_officers_are_warned_of_the_next_year(officer, day, missing):
    with clock.at(datetime(*day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))):
        forget_table()
        assert warn_of_missing_year() == missing
    assert Message.objects.filter(to=officer).count() == (missing is not None)
