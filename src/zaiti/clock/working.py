"""Work off the queues, through outages of the database, until told to stop."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from procrastinate.contrib.django import app

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


async def keep_working(
    queues: Collection[str], stop: asyncio.Event, mend: Callable[[], object] = lambda: None
) -> None:
    """Work until `stop` is set; `mend` is tried before a lane begins anew."""
    asked = (Lane(tuple(q for q in lane.queues if q in queues), lane.jobs) for lane in LANES)
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]  # Django's connector has it
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
        await _work(lane)
        if stop.is_set():
            return
        waits = iter(WAITS) if time.monotonic() - began > RAN_WELL else waits
        await asyncio.sleep(_next(waits))
        await asyncio.to_thread(_mend, mend)


async def _work(lane: Lane) -> None:
    """Run one worker until it is told to stop or breaks down, which it says."""
    try:
        await app.run_worker_async(
            queues=list(lane.queues),
            concurrency=lane.jobs,
            shutdown_graceful_timeout=PATIENCE,
            install_signal_handlers=False,
        )
    except Exception as failure:
        log.warning(
            "The worker on %s broke down and begins anew: %s",
            ", ".join(lane.queues),
            failure.__cause__ or failure,
        )


def _next(waits: Iterator[int]) -> int:
    return next(waits, WAITS[-1])


def _mend(mend: Callable[[], object]) -> None:
    try:
        mend()
    except Exception as failure:
        log.warning("The database can't be brought back yet: %s", failure)
