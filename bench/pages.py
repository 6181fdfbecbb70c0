"""What a page costs at 3 rows and at 300: `python -m bench.pages`, side by side in one run."""

import os
import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rich.console import Console
from rich.table import Table

from zaiti.cli import starting
from zaiti.cli.scratch import scratch

FEW, MANY, ROUNDS = 3, 300, 15


class Cost(NamedTuple):
    """One page's cost: queries, and the median of its answers in milliseconds."""

    queries: int
    ms: float


def main() -> None:
    """Fill a database of one's own, first a little, then much, and print the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaiti.settings")
    with scratch():
        starting.collect_static()
        settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["testserver"], False
        pages, fill = _town()
        fill(FEW)
        few = {name: _cost(ask) for name, ask in pages.items()}
        fill(MANY - FEW)
        many = {name: _cost(ask) for name, ask in pages.items()}
    Console().print(_table(few, many))


def _town() -> tuple[dict[str, Callable[[], Any]], Callable[[int], None]]:
    """The pages to ask for, and how to make so many more rows of each."""
    from tests import make  # noqa: PLC0415 (models want Django set up)
    from tests.web.site import many  # noqa: PLC0415 (models want Django set up)

    application, officer = make.to_screen()
    desk, public = Client(), Client()
    desk.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    def fill(number: int) -> None:
        make.many_to_screen(number)
        many.carriers(number)
        many.texts(number)

    def asks(client: Client, name: str, *args: Any) -> Callable[[], Any]:
        return lambda: client.get(reverse(name, args=args))

    return {
        "screening queue": asks(desk, "desk:screening"),
        "screening case": asks(desk, "desk:screening_case", application.pk),
        "officer's start page": asks(desk, "desk:start"),
        "carriers at the desk": asks(desk, "desk:carriers"),
        "public register": asks(public, "site:register"),
        "published texts": asks(public, "site:notices"),
        "home page": asks(public, "site:home"),
    }, fill


def _cost(ask: Callable[[], Any]) -> Cost:

    if (status := ask().status_code) != 200:
        raise SystemExit(f"A page answered {status} instead of 200.")
    with CaptureQueriesContext(connection) as queries:
        ask()
    return Cost(len(queries), statistics.median(_timed(ask) for _ in range(ROUNDS)))


def _timed(ask: Callable[[], Any]) -> float:
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


def _table(few: dict[str, Cost], many: dict[str, Cost]) -> Table:
    table = Table("page", f"queries at {FEW}", f"at {MANY}", f"ms at {FEW}", f"at {MANY}", "ratio")
    for name, small in few.items():
        large = many[name]
        cells = (small.queries, large.queries, f"{small.ms:.1f}", f"{large.ms:.1f}")
        table.add_row(name, *map(str, cells), f"{large.ms / small.ms:.2f}")
    return table


if __name__ == "__main__":
    main()
