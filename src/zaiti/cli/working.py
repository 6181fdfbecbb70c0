"""A worker as a process: which queues, and until which signal."""

import asyncio
import signal

import typer

from zaiti.cli import starting
from zaiti.cli.failures import Stop
from zaiti.clock.jobs import QUEUES
from zaiti.clock.working import keep_working


def run(queues: list[str] | None) -> None:
    """Work off these queues, or all, until told to stop."""
    chosen = queues or list(QUEUES)
    if unknown := sorted(set(chosen) - set(QUEUES)):
        raise Stop(f"There is no queue {', '.join(unknown)}: choose from {', '.join(QUEUES)}.")
    typer.echo(f"Launching a worker on {', '.join(chosen)}")
    asyncio.run(_until_told(chosen))


async def _until_told(queues: list[str]) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await keep_working(queues, stop, starting.revive_database)
