"""A real worker on connections of its own; for tests marked `django_db(transaction=True)`."""

import asyncio
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from unittest import mock

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from zaiti.clock.jobs import QUEUES
from zaiti.clock.working import keep_working

PATIENCE = 60.0


@contextmanager
def at_work(queues: Collection[str] = QUEUES) -> Iterator[None]:
    """Have a worker, as `zaiti work` has it, in a thread beside the test; it only looks round more often."""
    stop = Event()

    async def work() -> None:
        asked = asyncio.Event()
        working = asyncio.create_task(keep_working(queues, asked))
        while not (stop.is_set() or working.done()):
            await asyncio.sleep(0.02)
        asked.set()
        await working

    thread = Thread(target=lambda: asyncio.run(work()))
    with mock.patch.dict(app.worker_defaults, fetch_job_polling_interval=0.2):
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(PATIENCE)


def idle() -> bool:
    """Whether every job has been done for now."""
    return not ProcrastinateJob.objects.filter(status__in=("todo", "doing"), scheduled_at=None).exists()


def until(reached: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + patience
    while not reached():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)
