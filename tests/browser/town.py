"""The demo as a place to look at: loaded once for a module, everyone signed in already."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.browser.pages import judge, panel
from tests.conftest import fill_holidays
from zaiti import clock
from zaiti.accounts.models import User
from zaiti.panels.actions import name_chair
from zaiti.replay import demo
from zaiti.replay.play import moment

NOW = moment(demo.TODAY, 9, 30)


@dataclass(frozen=True)
class Town:
    """Everybody's session, by account."""

    sessions: dict[str, str]

    def cookies(self, account: str, server: str) -> list[dict[str, str]]:
        """What a browser carries for this account; nothing for a visitor."""
        if not account:
            return []
        return [{"name": settings.SESSION_COOKIE_NAME, "value": self.sessions[account], "url": server}]


def build() -> Town:
    """Load the demo into an empty database, in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_build).result()


def clear() -> None:
    """Empty the database again."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_clear).result()


def _build() -> Town:
    _clear()
    fill_holidays()
    demo.load(lambda _said: None)
    with clock.at(NOW):
        seat = panel("nanshan").seats.get(expert__user__username=judge(signed=True))
        name_chair(seat, by=User.objects.get(username="nanshan.officer"))
        sessions = {user.username: _session(user) for user in User.objects.filter(is_active=True)}
    connection.close()
    return Town(sessions)


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _clear() -> None:
    call_command("flush", interactive=False, verbosity=0)
    connection.close()
