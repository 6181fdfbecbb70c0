"""The demo as a place to look at: loaded once for a module, everyone signed in already."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.browser.pages import application, carrier, judge, panel, scorer, year
from tests.conftest import fill_holidays
from zaiti import clock
from zaiti.accounts.actions import invite_member
from zaiti.accounts.models import User
from zaiti.applications.queries import slots
from zaiti.carriers.actions import intend_revocation
from zaiti.carriers.models import Ground
from zaiti.notices.actions import draft_call
from zaiti.panels.actions import name_chair, open_sheet
from zaiti.replay import demo
from zaiti.replay.play import moment
from zaiti.screening.models import ScanReport
from zaiti.screening.scan_reports import read_scan

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
    with clock.at(moment("2025-06-10", 9)):
        facts = "培训台账与实际不符。（示例）"
        intend_revocation(carrier("studio2"), by=_user("sz.officer"), ground=Ground.FRAUD, facts=facts)
    with clock.at(NOW):
        _begin()
        _read_some()
        sessions = {user.username: _session(user) for user in User.objects.filter(is_active=True)}
    connection.close()
    return Town(sessions)


def _begin() -> None:
    """What somebody has begun and somebody will end: a chair, a sheet, a draft, an invitation, an account."""
    seats = panel("nanshan").seats
    name_chair(seats.get(expert__user__username=judge(signed=True)), by=_user("nanshan.officer"))
    open_sheet(panel("nanshan").reviews.order_by("pk")[1], by=scorer())
    window = {"opens_at": NOW + timedelta(days=1), "closes_at": NOW + timedelta(days=30)}
    kinds = list(year().types.all())
    draft_call(
        year(),
        _user("dapeng.officer").posts.get().authority,
        by=_user("dapeng.officer"),
        types=kinds,
        contact_office="大鹏新区统战和社会建设局",
        contact_phone="0755-00000000（示例）",
        **window,
    )
    owner = _user("longhua1")
    invite_member(owner.organisation, by=owner, name="同事（示例）", email="colleague@example.com")
    User.objects.create_user("newcomer", name="新用户（示例）")


def _read_some() -> None:
    """Have the pre-check read the first slots of those whose pages are looked at; they have flaws."""
    for account in ("longhua1", "longgang4"):
        files = [slot.version.file.sha256 for slot in slots(application(account))[:3] if slot.version]
        for report in ScanReport.objects.filter(sha256__in=files):
            read_scan(report.pk)


def _user(account: str) -> User:
    return User.objects.get(username=account)


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _clear() -> None:
    call_command("flush", interactive=False, verbosity=0)
    connection.close()
