"""The town: the demo on its own day, with what somebody has begun. Played once, copied for each module."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

from tests import databases
from tests.browser.pages import application, carrier, judge, panel, scorer, year
from zaiti import clock
from zaiti.accounts.actions import invite_member
from zaiti.accounts.models import User
from zaiti.applications.queries import slots
from zaiti.carriers.actions import intend_revocation
from zaiti.carriers.models import Ground
from zaiti.ledger.log import make_checkpoint
from zaiti.notices.actions import draft_call
from zaiti.panels.actions import name_chair, open_sheet
from zaiti.screening.models import ScanReport
from zaiti.screening.scan_reports import read_scan
from zaiti_replay import demo
from zaiti_replay.play import moment

NOW = moment(demo.TODAY, 9, 30)


@contextmanager
def visited() -> Iterator[None]:
    """Turn this process to a town of its own for a while, on its day."""
    name = f"{databases.HERE['NAME']}_town"
    databases.copy(databases.town(play), name)
    try:
        with databases.instead(name), clock.at(NOW):
            yield
    finally:
        databases.drop(name)


def play() -> None:
    """Load the demo into an empty database, in a thread of its own: a browser's loop may live in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_play).result()


def user(account: str) -> User:
    """Somebody, by the account's name."""
    return User.objects.get(username=account)


def _play() -> None:
    demo.load(lambda _said: None)
    with clock.at(moment("2025-06-10", 9)):
        facts = "培训台账与实际不符。（示例）"
        intend_revocation(carrier("studio2"), by=user("sz.officer"), ground=Ground.FRAUD, facts=facts)
    with clock.at(NOW):
        _begin()
        _read_some()
        make_checkpoint()
    connection.close()


def _begin() -> None:
    """What somebody has begun and somebody will end: a chair, a sheet, a draft, an invitation, an account."""
    seats = panel("nanshan").seats
    name_chair(seats.get(expert__user__username=judge(signed=True)), by=user("nanshan.officer"))
    open_sheet(panel("nanshan").reviews.order_by("pk")[1], by=scorer())
    window = {"opens_at": NOW + timedelta(days=1), "closes_at": NOW + timedelta(days=30)}
    kinds = list(year().types.all())
    draft_call(
        year(),
        user("dapeng.officer").posts.get().authority,
        by=user("dapeng.officer"),
        types=kinds,
        contact_office="大鹏新区统战和社会建设局",
        contact_phone="0755-00000000（示例）",
        **window,
    )
    owner = user("longhua1")
    invite_member(owner.organisation, by=owner, name="同事（示例）", email="colleague@example.com")
    User.objects.create_user("newcomer", name="新用户（示例）")


def _read_some() -> None:
    """Have the pre-check read the first slots of those whose pages are looked at; they have flaws."""
    for account in ("longhua1", "longgang4"):
        files = [slot.version.file.sha256 for slot in slots(application(account))[:3] if slot.version]
        for report in ScanReport.objects.filter(sha256__in=files):
            read_scan(report.pk)
