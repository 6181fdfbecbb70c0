"""A real Chromium before a real server; people click, the clock is held here, jobs run when told."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.person import Album, Person
from tests.browser.town import Town, everybody_signed_in
from zaiti import clock
from zaiti.accounts.models import User
from zaiti_replay.jobs import run_jobs

# The shell without windows does the same for half the work.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
PATIENCE = 20  # seconds
SCREENS = settings.ROOT / "var/screens"


PASSWORD = "示例口令-2025-long"
Enter = Callable[[User], Person]


class Calendar:
    """The held clock: turned on from step to step, for the server's threads too."""

    def __init__(self) -> None:
        self._held = ExitStack()

    def turn_to(self, moment: datetime) -> None:
        """Stand at another moment."""
        self._held.close()
        self._held.enter_context(clock.at(moment))

    def let_go(self) -> None:
        """Tell the real time again."""
        self._held.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; Playwright's loop lives in this thread, so the database must be told not to mind."""
    if CHROMIUM is None:
        pytest.skip("There is no Chromium on this machine.")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        connections.close_all()  # while the loop runs this thread has connections of its own
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[str]:
    """The site on a port of its own, before the test database."""
    made = LiveServer("127.0.0.1")
    yield made.url
    made.stop()


@pytest.fixture
def calendar(_database: None) -> Iterator[Calendar]:
    """The clock of this process, and no jobs from before: emptying the database passes their table by."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    made = Calendar()
    yield made
    made.let_go()


@pytest.fixture(scope="module")
def town(town_database: None) -> Town:
    """The town, everybody signed in, for all tests of a module."""
    return everybody_signed_in()


@pytest.fixture(scope="session")
def pictures(pytestconfig: pytest.Config) -> bool:
    """Whether to keep pictures of pages."""
    return bool(pytestconfig.getoption("pictures"))


@pytest.fixture
def open_door(chromium: Browser, server: str, pictures: bool) -> Iterator[Callable[..., Person]]:
    """Give someone a browser window of their own, signed in by the form when they have an account."""
    people: list[Person] = []
    album = Album(SCREENS if pictures else None)

    def come(who: str, account: str = "") -> Person:
        people.append(Person(chromium, server, who, album))
        if account:
            people[-1].sign_in(account, settings.DEMO_PASSWORD)
        return people[-1]

    yield come
    for person in people:
        person.leave()
    let_the_server_end()


def let_the_server_end() -> None:
    """Wait for what windows that are closed had still asked for: emptying the tables waits for nobody."""
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)


def work() -> None:
    """Run the jobs that were left, outside the thread in which Playwright's loop runs."""

    def job() -> None:
        try:
            run_jobs()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(job).result()


@pytest.fixture
def enter(chromium: Browser, server: str, transactional_db: None, tmp_path: Path) -> Iterator[Enter]:
    """A window signed in as somebody."""
    people: list[Person] = []

    def come(user: User) -> Person:
        user.set_password(PASSWORD)
        user.save()
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        person = Person(chromium, server, user.username, Album(tmp_path))
        names = (settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
        named = [(names[0], names[1]), ("was_in", "1")]
        person.context.add_cookies([{"name": key, "value": value, "url": server} for key, value in named])
        people.append(person)
        return person

    yield come
    for person in people:
        person.leave()
    let_the_server_end()
