"""Everybody in the town, signed in already."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client

from zaiti.accounts.models import User


@dataclass(frozen=True)
class Town:
    """Everybody's session, by account."""

    sessions: dict[str, str]

    def cookies(self, account: str, server: str) -> list[dict[str, str]]:
        """What a browser carries for this account; nothing for a visitor."""
        if not account:
            return []
        return [{"name": settings.SESSION_COOKIE_NAME, "value": self.sessions[account], "url": server}]


def everybody_signed_in() -> Town:
    """Sign everybody in, in a thread of its own: a browser's loop may live in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_everybody_signed_in).result()


def _everybody_signed_in() -> Town:
    try:
        return Town({user.username: _session(user) for user in User.objects.filter(is_active=True)})
    finally:
        connection.close()


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
