"""A fresh year, carried from the plan to the register by clicking alone, each role in its own window."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import to_register, to_scores
from tests.browser.conftest import Calendar
from tests.browser.person import Person
from tests.browser.year import Year

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_each_role_carries_a_year_from_the_plan_to_the_register(
    open_door: Callable[..., Person], calendar: Calendar, tmp_path: Path
) -> None:
    year = Year(open_door, calendar, tmp_path)
    to_scores.the_city_opens_the_year(year)
    to_scores.the_district_publishes_its_call(year)
    to_scores.units_apply(year)
    to_scores.the_officer_checks_the_applications(year)
    to_scores.a_panel_visits_discusses_and_scores(year)
    to_register.the_meeting_decides(year)
    to_register.the_names_are_posted_and_one_is_objected_to(year)
    to_register.the_district_reports(year)
    to_register.the_city_announces(year)
    to_register.the_register_and_the_ledger_tell_of_it(year)
