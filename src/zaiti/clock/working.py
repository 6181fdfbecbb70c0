"""Work off the queues, through outages of the database, until told to stop."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker
from psycopg_pool import AsyncConnectionPool

from zaiti.clock.jobs import CLOCK, LETTERS, MAIL, SCANS

log = logging.getLogger(__name__)
PATIENCE = 8.0  # seconds a running job gets to finish when the worker is told to stop
WAITS = (1, 2, 4, 8, 15)  # seconds before a lane that broke down begins anew
RAN_WELL = 60.0


class Lane(NamedTuple):
    """Queues that share so many jobs at once: one lane never waits for another."""

    queues: tuple[str, ...]
    jobs: int


# A slow mail server holds up no letter, a long scan neither.
LANES = (Lane((LETTERS, CLOCK), 3), Lane((MAIL,), 2), Lane((SCANS,), 1))


class Pool(AsyncConnectionPool):
    """Opens though PostgreSQL is away: a lane that can't have a connection then begins anew."""

    async def open(self, wait: bool = False, timeout: float = 30) -> None:
        """Open without a first connection."""
        await super().open()


async def keep_working(
    queues: Collection[str], stop: asyncio.Event, mend: Callable[[], object] = lambda: None
) -> None:
    """Work until `stop` is set; `mend` is tried before a lane begins anew."""
    asked = (Lane(tuple(q for q in lane.queues if q in queues), lane.jobs) for lane in LANES)
    with app.replace_connector(PsycopgConnector(kwargs=connector_params(), pool_factory=Pool)):
        async with app.open_async():
            lanes = [asyncio.create_task(_keep(lane, stop, mend)) for lane in asked if lane.queues]
            await stop.wait()
            for lane in lanes:
                lane.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)


async def _keep(lane: Lane, stop: asyncio.Event, mend: Callable[[], object]) -> None:
    waits = iter(WAITS)
    while not stop.is_set():
        began = time.monotonic()
        await _work(lane, stop)
        if stop.is_set():
            return
        waits = iter(WAITS) if time.monotonic() - began > RAN_WELL else waits
        await asyncio.sleep(_next(waits))
        await asyncio.to_thread(_mend, mend)


async def _work(lane: Lane, stop: asyncio.Event) -> None:
    """Run one worker until it is told to stop or breaks down, which it says."""
    options: dict[str, Any] = {**app.worker_defaults, "install_signal_handlers": False}
    options |= {"queues": list(lane.queues), "concurrency": lane.jobs, "shutdown_graceful_timeout": PATIENCE}
    worker: Any = Worker(app, **options)
    told = asyncio.create_task(stop.wait())  # a cancellation is lost if a connection comes at that moment
    told.add_done_callback(lambda _told: worker.stop())
    try:
        await worker.run()
    except (Exception, asyncio.CancelledError) as failure:
        if stop.is_set():
            raise
        log.warning(
            "The worker on %s broke down and begins anew: %s",
            ", ".join(lane.queues),
            failure.__cause__ or failure,
        )
    finally:
        told.cancel()


def _next(waits: Iterator[int]) -> int:
    return next(waits, WAITS[-1])


def _mend(mend: Callable[[], object]) -> None:
    try:
        mend()
    except Exception as failure:
        log.warning("The database can't be brought back yet: %s", failure)
