"""Databases made once and copied: the empty one, and the town where the demo has been played.

A template is kept from run to run under a name that holds a hash of what it was made from. Each process has a
copy of its own, and so has each module that looks at the town; copying takes a fraction of a second.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
HERE = connections["default"].settings_dict  # every thread's connection reads it
MAINTENANCE = "postgres"
LOCK = 7_261_172  # any number, as long as all processes of a run use the same


def empty() -> str:
    """The template with every table and no row but what migrations enter."""
    return _template("empty", _sum("src/zaiti/**/migrations/*.py", "requirements*.lock"), _migrate)


def town(play: Callable[[], None]) -> str:
    """The template where the demo has been played."""
    source = [f"src/**/*.{kind}" for kind in ("py", "txt", "typ")]
    made_of = _sum(
        *source, "policies/**/*.yaml", "tests/town.py", "tests/browser/pages.py", "requirements*.lock"
    )
    return _template("town", made_of, play, start=empty())


def province(play: Callable[[], None], grow: Callable[[], None]) -> str:
    """The template where the town has grown to many units."""
    start = town(play)
    return _template("province", f"{start.rpartition('_')[2]}{_sum('bench/grow.py')}", grow, start=start)


def copy(template: str, name: str) -> None:
    """Make a database like the template, in place of any of that name."""
    with _maintenance() as server:
        _drop(server, name)
        _create(server, name, template)


def drop(name: str) -> None:
    """Remove a database."""
    with _maintenance() as server:
        _drop(server, name)


@contextmanager
def instead(name: str) -> Iterator[None]:
    """Let this process use another database for a while."""
    before = use(name)
    try:
        yield
    finally:
        use(before)


def use(name: str) -> str:
    """Turn this process to a database; give the name of the one it used."""
    connections.close_all()
    before, HERE["NAME"] = HERE["NAME"], name
    return str(before)


def _template(kind: str, made_of: str, fill: Callable[[], None], start: str = "template0") -> str:
    """Find the template, or make it while other processes wait; older ones of its kind go."""
    name = f"zaiti_{kind}_{made_of}"
    with _maintenance() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(server, name):
            for old in _named(server, f"zaiti\\_{kind}\\_%"):
                _drop(server, old)
            _create(server, f"{name}_new", start)
            with instead(f"{name}_new"):
                fill()
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(f"{name}_new"), sql.Identifier(name)
                )
            )
    return name


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def _sum(*patterns: str) -> str:
    whole = hashlib.sha256(settings.SECRET_KEY.encode())  # what is sealed in it opens with this key alone
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        whole.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def _maintenance() -> psycopg.Connection:
    parts = {name: HERE[name.upper()] or None for name in ("user", "password", "host", "port")}
    return psycopg.connect(dbname=MAINTENANCE, autocommit=True, **parts)


def _create(server: psycopg.Connection, name: str, template: str) -> None:
    server.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    )


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _exists(server: psycopg.Connection, name: str) -> bool:
    return name in _named(server, name.replace("_", "\\_"))


def _named(server: psycopg.Connection, like: str) -> list[str]:
    rows = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like])
    return [row[0] for row in rows]
