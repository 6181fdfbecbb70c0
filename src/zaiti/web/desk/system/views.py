"""How the system itself fares, for its administrator: nothing of any case, and no secrets."""

import platform
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

import django
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import path
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from scancheck.binding import office
from zaiti import clock
from zaiti.accounts.rules import may_administer
from zaiti.clock.days import last_known_year
from zaiti.files.models import Scrub
from zaiti.files.scrubbing import damaged
from zaiti.ledger.models import ChainCheck
from zaiti.papers.typst import substitutions
from zaiti.web.desk.access import at_desk
from zaiti.web.desk.system.failed import failures
from zaiti.web.ui.dates import iso_moment
from zaiti.web.ui.pages import Request, page

WAITED_LONG = timedelta(minutes=10)  # a job in a queue that is worked off waits for seconds [D]
BEATS = timedelta(seconds=30)  # procrastinate's own measure of a worker that has died
CHECKED = timedelta(hours=36)  # the nightly check of the ledger, and half a day's grace [D]
COMPARED = timedelta(days=8)  # a large store is gone through in several nights [D]
MOST_DAMAGED = 20  # lines
LITTLE_ROOM = 0.05  # of the disk [D]


@dataclass(frozen=True)
class Line:
    """One fact, and what is to be thought of it."""

    name: str
    said: str
    tone: str = ""
    word: str = ""


@at_desk(may_administer)
def system(request: Request) -> HttpResponse:
    """Versions, database, jobs, ledger, fonts, mail and files at a glance."""
    cards = [
        (_("Background jobs"), _jobs()),
        (_("Ledger"), _ledger()),
        (_("Letters and mail"), [_fonts(), _mail()]),
        (_("Database and files"), [_database(), *_files(), _office(), _scrub(), *_damaged()]),
        (_("Holiday table"), [_holidays()]),
        (_("Versions"), _versions()),
    ]
    return page(request, "desk/system/index.html", cards=cards, failures=failures(), title=_("System"))


def _holidays() -> Line:
    name = _("Years in force")
    if year := clock.missing_year():
        text = _("%(year)s is not entered, or not confirmed: terms that reach into it wait.")
        return Line(name, text % {"year": year}, "attention", _("enter it"))
    return Line(name, _("until the end of %(year)s") % {"year": last_known_year()}, "done", _("fine"))


def _jobs() -> list[Line]:
    jobs = ProcrastinateJob.objects
    due = jobs.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=timezone.now()), status="todo")
    waiting = due.aggregate(
        number=Count("pk", distinct=True),
        since=Min(Coalesce("scheduled_at", "procrastinateevent__at")),
    )
    others = dict(
        jobs.filter(status__in=("doing", "failed")).values_list("status").annotate(number=Count("pk"))
    )
    failed = others.get("failed", 0)
    return [
        _workers(),
        Line(_("Jobs waiting"), str(waiting["number"])),
        _oldest(waiting["since"]),
        Line(_("Jobs being done"), str(others.get("doing", 0))),
        _flagged(_("Jobs failed"), str(failed), "attention" if failed else ""),
    ]


def _workers() -> Line:
    beats = ProcrastinateWorker.objects.aggregate(
        last=Max("last_heartbeat"),
        alive=Count("pk", filter=Q(last_heartbeat__gte=timezone.now() - BEATS)),
    )
    if beats["alive"]:
        return Line(_("Workers"), str(beats["alive"]), "done", _("running"))
    seen = iso_moment(beats["last"]) if beats["last"] else _("never")
    return Line(_("Workers"), _("last seen: %(time)s") % {"time": seen}, "late", _("no worker runs"))


def _oldest(since: datetime | None) -> Line:
    if since is None:
        return Line(_("Oldest waiting job"), "—")
    long = timezone.now() - since > WAITED_LONG
    return _flagged(_("Oldest waiting job"), timesince(since), "late" if long else "")


def _ledger() -> list[Line]:
    last = ChainCheck.objects.filter(done_at__isnull=False).first()
    if last is None or last.done_at is None:
        return [Line(_("Last recomputed"), "—", "attention", _("not recomputed yet"))]
    old = clock.now() - last.done_at > CHECKED
    held = ("late", _("does not hold")) if last.broke else ("done", _("holds"))
    return [
        _flagged(_("Last recomputed"), iso_moment(last.done_at), "attention" if old else ""),
        Line(_("Entries"), str(last.entries), *held),
    ]


def _fonts() -> Line:
    """The official fonts that open ones stand in for on this host."""
    if lacking := "、".join(substitutions()):
        return Line(_("Official fonts"), lacking, "attention", _("open fonts stand in"))
    return Line(_("Official fonts"), "", "done", _("all there"))


def _office() -> Line:
    """Whether Word files can be made into PDF here."""
    if path := office():
        return Line(_("Word files"), path, "done", _("made into PDF"))
    return Line(_("Word files"), _("LibreOffice is not installed"), "attention", _("applicants save as PDF"))


def _mail() -> Line:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return Line(_("Mail"), f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
    return Line(_("Mail"), _("written into the data folder"), "attention", _("no mail is sent"))


def _database() -> Line:
    named = settings.DATABASES["default"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    host = str(named["HOST"])
    where = _("on this machine") if not host or host.startswith("/") else host
    return Line(_("Database"), f"{named['NAME']} · {where} · {filesizeformat(size)}")


def _files() -> list[Line]:
    disk = shutil.disk_usage(settings.DATA)
    sizes = {"left": filesizeformat(disk.free), "whole": filesizeformat(disk.total)}
    left = _("%(left)s of %(whole)s") % sizes
    room = _flagged(_("Room on the disk"), left, "late" if disk.free < LITTLE_ROOM * disk.total else "")
    bucket = getattr(default_storage, "bucket_name", "")
    where = _("S3 bucket %(name)s") % {"name": bucket} if bucket else _("data folder")
    return [Line(_("Files"), where), room]


def _scrub() -> Line:
    """How far the nightly comparing of files with their rows is."""
    name, last = _("Files compared"), Scrub.objects.filter(done_at__isnull=False).first()
    if last is None or last.done_at is None:
        return Line(name, "—", "attention", _("not compared yet"))
    old = clock.now() - last.done_at > COMPARED
    count = ngettext("%s file", "%s files", last.compared) % last.compared
    said = f"{iso_moment(last.done_at)} · {count}"
    return _flagged(name, said, "attention" if old else "")


def _damaged() -> list[Line]:
    """Each file that is not as it came, and what to do about it."""
    rows = list(damaged()[: MOST_DAMAGED + 1])
    lines = [
        Line(
            _("Damaged file"),
            f"{row.content} · {filesizeformat(row.size)} · {iso_moment(row.stored_at)}",
            "late",
            row.get_damage_display(),
        )
        for row in rows[:MOST_DAMAGED]
    ]
    more = [Line(_("Damaged file"), "…")] if len(rows) > MOST_DAMAGED else []
    help_ = _(
        "Copy these files back from the backup, then run “zaiti manage scrub”. "
        "A file that whoever sent it uploads again mends itself."
    )
    return [*lines, *more, Line(_("What to do"), help_)] if rows else []


def _versions() -> list[Line]:
    number = connection.pg_version  # type: ignore[attr-defined]  # PostgreSQL's own
    return [
        Line("Zaiti", version("zaiti")),
        Line("Python", platform.python_version()),
        Line("Django", django.get_version()),
        Line("PostgreSQL", f"{number // 10_000}.{number % 10_000}"),
    ]


def _flagged(name: str, said: str, tone: str) -> Line:
    return Line(name, said, tone, _("please look") if tone else "")


urlpatterns = [path("system/", system, name="system")]
