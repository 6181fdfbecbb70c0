"""A real worker on connections of its own; for tests marked `django_db(transaction=True)`."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

PATIENCE = 60.0


@contextmanager
def at_work(concurrency: int = 3, queues: list[str] | None = None) -> Iterator[None]:
    """Have a worker, as `zaiti work` starts it, in a thread beside the test."""
    stop = Event()

    async def work() -> None:
        async with app.open_async():
            ways = {"concurrency": concurrency, "queues": queues, "fetch_job_polling_interval": 0.2}
            working = asyncio.create_task(app.run_worker_async(install_signal_handlers=False, **ways))
            while not (stop.is_set() or working.done()):
                await asyncio.sleep(0.02)
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working

    with app.replace_connector(app.connector.get_worker_connector()):
        thread = Thread(target=lambda: asyncio.run(work()))
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
