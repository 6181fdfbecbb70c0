from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.clock.days import forget_table
from zaiti.clock.models import SpecialDay
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.programmes.actions import add_holiday_year, edit_special_day

MONDAY, SUNDAY = date(2031, 3, 3), date(2031, 3, 9)


@pytest.fixture
def officer():
    return make.holder("officer", make.city())


def test_a_year_that_is_added_can_be_counted(officer, django_capture_on_commit_callbacks):
    with pytest.raises(Refused):
        clock.is_working(MONDAY)
    with django_capture_on_commit_callbacks(execute=True):
        add_holiday_year(2031, by=officer, source="国办发明电〔2030〕0号（示例）")
    assert clock.is_working(MONDAY)
    assert Entry.objects.get(verb="add_holiday_year").thing_id == 2031


def test_a_holiday_and_a_make_up_day_are_entered_and_taken_out(officer):
    add_holiday_year(2031, by=officer, source="示例")
    edit_special_day(MONDAY, by=officer, working=False, name="示例节")
    edit_special_day(SUNDAY, by=officer, working=True, name="调休上班")
    forget_table()
    assert not clock.is_working(MONDAY)
    assert clock.is_working(SUNDAY)
    edit_special_day(MONDAY, by=officer, working=True, name="")
    assert list(SpecialDay.objects.filter(day__year=2031).values_list("day", flat=True)) == [SUNDAY]


def test_a_year_twice_is_refused(officer):
    with pytest.raises(Refused):
        add_holiday_year(2025, by=officer, source="示例")


def test_a_year_without_its_source_is_refused(officer):
    with pytest.raises(Refused):
        add_holiday_year(2031, by=officer, source=" ")


def test_a_day_of_an_unknown_year_is_refused(officer):
    with pytest.raises(Refused):
        edit_special_day(MONDAY, by=officer, working=False, name="示例节")


def test_a_district_may_not_touch_the_table():
    with pytest.raises(PermissionDenied):
        add_holiday_year(2031, by=make.holder("officer"), source="示例")
    with pytest.raises(PermissionDenied):
        edit_special_day(date(2025, 3, 3), by=make.holder("officer"), working=False, name="示例节")
