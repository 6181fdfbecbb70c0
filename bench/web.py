"""What each page costs beside a bare view: `python -m bench.web [--quick] [--sizes 1000,5000,50000]`.

Both run under the same server and PostgreSQL, and every page is asked for in turn with the floor, so that
what else the machine does falls on both. Compared is processor time, web and database together, which hardly
depends on what else runs. The demo is played once and kept in `var/bench`, with a database for each size.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

import django
import psutil
import psycopg
import requests
from rich.console import Console
from rich.table import Table

from zaiti.cli import starting
from zaiti.cli.address import Address
from zaiti.embedded import database_url, release

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "var/bench"
PORT = 8819
ROUNDS, QUICK = 12, 5
PLAIN = {"ZAITI_DEMO": "1", "ZAITI_DATA": str(DATA), "DJANGO_SETTINGS_MODULE": "zaiti.settings"}


class Page(NamedTuple):
    """One page of the table: who asks for what."""

    name: str
    user: str
    path: str


class Cost(NamedTuple):
    """What a page cost."""

    ms: float
    ratio: float
    cpu_ms: float
    queries: int
    kilobytes: float


def main() -> None:
    """Measure every size and print one table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="1,000 and 5,000 in few rounds")
    asked.add_argument("--sizes", default="")
    asked.add_argument("--only", default="", help="pages whose name has this word")
    asked.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        _one(given.one, QUICK if given.quick else ROUNDS, given.only)
        return
    sizes = [int(n) for n in (given.sizes or ("1000,5000" if given.quick else "1000,5000,50000")).split(",")]
    found = {size: _measured(size, given) for size in sizes}
    Console(width=150).print(_table(found))


def _measured(size: int, given: argparse.Namespace) -> dict[str, object]:
    """Measure one size in a process of its own, which knows its database from the start."""
    with _database() as url:
        parts = urlsplit(url)
        own = urlunsplit(parts._replace(path=f"/bench_{size}"))
        _have(url, size)
        command = [sys.executable, "-m", "bench.web", "--one", str(size), "--only", given.only]
        command += ["--quick"] * given.quick
        made = subprocess.run(
            command, env=_environment(own), stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
        )
        return json.loads(made.stdout.splitlines()[-1])


def _environment(url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    return kept | PLAIN | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}


@contextmanager
def _database() -> Iterator[str]:
    """The demo, played; the address of its database."""
    url = database_url(DATA, throw_away=True)
    try:
        prepare = "import django; django.setup(); from zaiti.cli import starting; starting.prepare()"
        subprocess.run(
            [sys.executable, "-c", prepare], env=_environment(url), stdout=subprocess.DEVNULL, check=True
        )
        yield url
    finally:
        release(DATA)


def _have(url: str, size: int) -> None:
    """Have a database of that size; what migrations did to the demo since is done to it as well."""
    with psycopg.connect(url, autocommit=True) as server:
        name = f"bench_{size}"
        new = not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if new:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = 'zaiti' AND pid <> pg_backend_pid()"
            )
    if new:
        with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}_new TEMPLATE zaiti")
            own = urlunsplit(urlsplit(url)._replace(path=f"/{name}_new"))
            grow = f"import django; django.setup(); from bench.grow import grow; grow({size})"
            try:
                subprocess.run(["nice", sys.executable, "-c", grow], env=_environment(own), check=True)
                server.execute(f"ALTER DATABASE {name}_new RENAME TO {name}")
            finally:
                server.execute(f"DROP DATABASE IF EXISTS {name}_new WITH (FORCE)")
    migrate = (
        "import django; django.setup(); from django.core import management as m; m.call_command('migrate')"
    )
    own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    subprocess.run([sys.executable, "-c", migrate], env=_environment(own), check=True)


def _one(size: int, rounds: int, only: str) -> None:
    """Measure one size; this process has its database."""
    django.setup()
    from bench.people import keys, pages, queries  # noqa: PLC0415 (models want Django set up)

    chosen = [page for page in pages() if only in page.name]
    sessions = keys({page.user for page in chosen})
    with _served("zaiti.settings", PORT) as web, _served("bench.floor", PORT + 1) as bare:
        costs = _costs(chosen, sessions, web, bare, rounds)
        memory = sum(one.memory_info().rss for one in web.children(recursive=True) or [web])
    facts = {
        page.name: [*costs[page.name][:3], queries(page, sessions), costs[page.name][3]] for page in chosen
    }
    print(json.dumps({"pages": facts, "memory": memory / 2**20}))


@contextmanager
def _served(settings: str, port: int) -> Iterator[psutil.Process]:
    """A web process, as `zaiti up` starts it, with one worker."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings, "ZAITI_WEB_WORKERS": "1"}
    process = psutil.Popen(
        starting.web(Address("127.0.0.1", port)), env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with suppress(requests.RequestException):
                requests.get(f"http://127.0.0.1:{port}/", timeout=20)
                break
            time.sleep(0.2)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _costs(pages, sessions, web, bare, rounds):
    times, cpu, floor, size = ({page.name: [] for page in pages} for _n in range(4))
    for turn in range(rounds + 1):
        for page in pages:
            least = _spent(f"http://127.0.0.1:{PORT + 1}/", sessions[page.user], bare)
            took = _spent(f"http://127.0.0.1:{PORT}{page.path}", sessions[page.user], web)
            if turn:  # the first is to warm up
                times[page.name].append(took[0])
                cpu[page.name].append(took[1])
                floor[page.name].append(least[1])
                size[page.name] = took[2]
    least = statistics.median(value for rows in floor.values() for value in rows)
    return {
        name: (
            statistics.median(times[name]),
            statistics.median(rows) / least,
            statistics.median(rows),
            size[name] / 1024,
        )
        for name, rows in cpu.items()
    }


def _spent(url: str, cookie: str, web: psutil.Process) -> tuple[float, float, int]:
    """Ask once: milliseconds, processor milliseconds, bytes."""
    cookies = {"sessionid": cookie} if cookie else {}
    before, begin = _processor(web), time.perf_counter()
    answer = requests.get(
        url, cookies=cookies, timeout=120, allow_redirects=False, headers={"Accept-Language": "zh-hans"}
    )
    took = (time.perf_counter() - begin) * 1000
    time.sleep(0.01)
    if answer.status_code not in (200, 302):
        raise SystemExit(f"{url} answered {answer.status_code}: {answer.text[:500]}")
    return took, (_processor(web) - before) * 1000, len(answer.content)


def _processor(web: psutil.Process) -> float:
    """Processor seconds so far of a web process and of the database's processes."""
    ours = [web, *web.children(recursive=True), *_postgres()]
    return sum(_of(one.pid) for one in ours)


def _postgres() -> list[psutil.Process]:
    number = int((DATA / "postgres/postmaster.pid").read_text().splitlines()[0])
    return psutil.Process(number).children()


def _of(pid: int) -> float:
    """A process's own clock (clock_getcpuclockid), to the nanosecond."""
    with suppress(OSError):
        return time.clock_gettime((~pid << 3) | 2)
    return 0.0


def _table(found: dict[int, dict]) -> Table:
    table = Table("page", *(f"{size}: ms / ratio / queries / kB" for size in found), "growth")
    names = next(iter(found.values()))["pages"]
    for name in names:
        rows = [found[size]["pages"][name] for size in found]
        cells = [f"{row[0]:.0f} / {row[1]:.1f} / {row[3]} / {row[4]:.0f}" for row in rows]
        table.add_row(name, *cells, f"{rows[-1][2] / rows[0][2]:.1f}")
    table.add_row("memory of the web process, MB", *(f"{found[size]['memory']:.0f}" for size in found), "")
    return table


if __name__ == "__main__":
    main()
