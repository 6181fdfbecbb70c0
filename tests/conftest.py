"""What every test stands on: a real PostgreSQL, and the clock table read afresh."""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any
from zlib import crc32

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key
from xdist.scheduler import LoadScopeScheduling

from tests import databases, make, town
from zaiti.clock import days, seed
from zaiti.clock.models import HolidayYear, SpecialDay
from zaiti.embedded import database_url

# Those that take longest begin first, so that all processes end together.
LONG = ("tests/browser/", "tests/walk/", "tests/replay/", "tests/cli/test_up", "tests/machine/", "tests/cli/")
LOOKS = 4  # parts of the look at pages
# Of the processes that tests start only our own commands are traced: it takes each a fifth of a second.
TRACED_PROCESSES = "tests/cli/"
TRACING = "COVERAGE_PROCESS_START"  # by which coverage reaches them

# These have nothing to do with our database.
PURE = (
    "tests/scancheck/",
    "tests/test_settings",
    "tests/test_words",
    "tests/test_house",
    "tests/cli/",
    "tests/replay/",
    "tests/programmes/test_packs_",
)


# What is tried at random must hold, however long a busy machine takes for it.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


class Together(LoadScopeScheduling):
    """A file's tests stay in one process; the walk and the look at pages are shared out in parts."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file.startswith("tests/walk/"):
            return nodeid
        if file in ("tests/cli/test_up.py", "tests/cli/test_slow.py"):
            return "tests/cli/test_up.py"  # they share what the first start makes
        if file == "tests/browser/test_pages_look.py":
            return f"{file}:{crc32(nodeid.encode()) % LOOKS}"
        return file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Share the tests out as said above."""
    return Together(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Pictures of whole pages take as long as looking at them."""
    parser.addoption("--pictures", action="store_true", help="keep a picture of every page looked at")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long ones first."""
    items.sort(key=lambda item: next((i for i, start in enumerate(LONG) if item.nodeid.startswith(start)), 9))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this process a copy of the empty database, on our own PostgreSQL unless there is another."""
    if settings.EMBEDDED:
        database_url(settings.DATA, throw_away=True)
    process = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"{settings.DATABASES['default']['TEST']['NAME']}_{process}"
    with django_db_blocker.unblock():
        databases.copy(databases.empty(), name)
        databases.use(name)
    yield
    databases.drop(name)


@pytest.fixture(scope="module")
def town_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Put the town in place of the empty database, for all tests of a module."""
    with django_db_blocker.unblock(), town.visited():
        forget_jobs()
        yield


@pytest.fixture(scope="module", autouse=True)
def _made(request: pytest.FixtureRequest) -> Iterator[Any]:
    """What stands for all tests of a module; each leaves it as it was made."""
    mark = request.node.get_closest_marker("stands")
    if mark is None:
        yield
        return
    request.getfixturevalue("django_db_setup")
    with request.getfixturevalue("django_db_blocker").unblock(), transaction.atomic():
        with translation.override("en"):
            made = getattr(make, mark.args[0])()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _stands(request: pytest.FixtureRequest, _made: Any) -> Iterator[None]:
    """The first who makes such a thing in a test is given it."""
    mark = request.node.get_closest_marker("stands")
    with make.standing(mark.args[0], _made) if mark else nullcontext():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Trace our own commands where the run is counted (`make test`)."""
    counted = "SLIPCOVER_ENABLED" in os.environ and item.nodeid.startswith(TRACED_PROCESSES)
    if not counted:
        return (yield)
    os.environ[TRACING] = str(settings.ROOT / "pyproject.toml")
    try:
        return (yield)
    finally:
        del os.environ[TRACING]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Tidy up after a test that committed for real, which leaves its tables empty and its jobs full."""
    result = yield
    if nextitem and commits(item):  # after the last one the database is gone
        with item.config.stash[blocking_manager_key].unblock():
            fill_holidays()
            forget_jobs()
    return result


def commits(item: pytest.Item) -> bool:
    """Whether what a test writes stands, until its database is emptied."""
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or "transactional_db" in item.fixturenames


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
def _database(request: pytest.FixtureRequest) -> None:
    """Every test but the pure ones may use the database, and finds it as if it were the first."""
    if request.node.nodeid.startswith(PURE):
        return
    request.getfixturevalue("db")


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
