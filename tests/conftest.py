"""What every test stands on: a real PostgreSQL, and the clock table read afresh."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from zaiti.clock import days, seed
from zaiti.clock.models import HolidayYear, SpecialDay

# Those that take longest begin first, so that all processes end together.
LONG = ("tests/browser/", "tests/walk/", "tests/replay/", "tests/cli/test_up", "tests/machine/", "tests/cli/")
# What the rooms must show is covered by the rooms' own tests; tracing these would only make them slow.
UNTRACED = ("tests/doors/", "tests/walk/", "tests/scancheck/", "tests/browser/")


class Together(LoadScopeScheduling):
    """A file's tests stay in one process, and all that drive a browser in one: they share its server."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Share the tests out as said above."""
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long ones first."""
    items.sort(key=lambda item: next((i for i, start in enumerate(LONG) if item.nodeid.startswith(start)), 9))
    for item in items:
        if item.nodeid.startswith(UNTRACED):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True)
def _fresh_holidays() -> Iterator[None]:
    days.forget_table()
    yield
    days.forget_table()


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    """Sentences are checked as the code writes them; pages speak the site's own language."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test may use the database, and finds it as if it were the first."""
    fill_holidays()
    forget_jobs()


def forget_jobs() -> None:
    """Empty the jobs' table, which those that committed for real left full: Django does not know it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM procrastinate_jobs)")
        if cursor.fetchone() == (True,):
            cursor.execute("DELETE FROM procrastinate_events")
            cursor.execute("DELETE FROM procrastinate_jobs")


def fill_holidays() -> None:
    """Enter the holidays again where a test that committed for real left their table empty."""
    if not HolidayYear.objects.exists():
        years = range(seed.FIRST_YEAR, seed.LAST_YEAR + 1)
        HolidayYear.objects.bulk_create(HolidayYear(year=year, source=seed.SOURCE) for year in years)
        days_off = seed.special_days()
        SpecialDay.objects.bulk_create(SpecialDay(day=d, working=w, name=n) for d, w, n in days_off)
