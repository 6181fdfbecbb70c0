"""Processes that live together under one parent: one that dies is started again, all end with the parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import typer

PATIENCE = 15.0  # seconds from “please stop” to kill
PR_SET_PDEATHSIG = 1  # linux/prctl.h
CAN_START = 10.0  # seconds: who ends by itself sooner after the first start can't start at all
RAN_WELL = 60.0  # seconds after which the next death counts as the first
LONGEST_WAIT = 60.0
LOOKED_AFTER = 1.0  # seconds between two looks at what the children stand on

Process = subprocess.Popen[bytes]


@dataclass
class Child:
    """One process, and how it fared so far."""

    name: str
    command: list[str]
    process: Process
    began: float
    deaths: int = 0
    due: float | None = None  # when it is started again

    @property
    def fallen(self) -> bool:
        """Whether it died and nobody has said so yet."""
        return self.due is None and self.process.poll() is not None

    def said(self) -> str:
        """How it died."""
        code = self.process.returncode
        how = f"was killed by signal {-code}" if code < 0 else f"ended by itself with exit code {code}"
        return f"The {self.name} process {how}."

    def wait(self) -> float:
        """Seconds until it is started again: twice as long each time it dies soon."""
        self.deaths = 1 if time.monotonic() - self.began > RAN_WELL else self.deaths + 1
        return min(2.0 ** (self.deaths - 1), LONGEST_WAIT)

    def bury(self) -> None:
        """End what it left behind, and say when it comes back."""
        _end_group(self.process)
        wait = self.wait()
        self.due = time.monotonic() + wait
        typer.echo(f"{self.said()}  It is started again in {wait:.0f} s.", err=True)

    def begin_again(self) -> None:
        """Start it anew, if it is time."""
        if self.due is not None and time.monotonic() >= self.due:
            self.process, self.began, self.due = _start(self.command), time.monotonic(), None


def run(
    commands: dict[str, list[str]],
    *,
    is_ready: Callable[[], bool],
    when_ready: Callable[[], None],
    look_after: Callable[[], None] = lambda: None,
) -> int:
    """Start the commands and keep them running until a signal; give the exit code."""
    asked = _listen()
    children = [Child(name, command, _start(command), time.monotonic()) for name, command in commands.items()]
    try:
        unable = _get_ready(children, asked, is_ready)
        if not (asked or unable):
            when_ready()
            unable = _keep(children, asked, look_after)
        typer.echo("Stopping …")
    finally:
        _stop(children, asked)
    for death in unable:
        typer.echo(f"{death}  Why stands above; the others were stopped.", err=True)
    return 1 if unable else 0


def _listen() -> list[int]:
    """Note each request to stop, from Ctrl-C, `kill` or a closed terminal."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: asked.append(received))
    return asked


def _start(command: list[str]) -> Process:
    """Start a child in a group of its own, out of the terminal's Ctrl-C: only its parent stops it."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: S603 - our own


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _get_ready(children: list[Child], asked: list[int], is_ready: Callable[[], bool]) -> list[str]:
    """Wait until all is ready; name those who can't start."""
    while not (asked or any(child.fallen for child in children) or is_ready()):
        time.sleep(0.1)
    return [] if asked else [child.said() for child in children if child.fallen]


def _keep(children: list[Child], asked: list[int], look_after: Callable[[], None]) -> list[str]:
    """Start again whoever dies; name who, for the first time, can't start at all."""
    settled, next_look = time.monotonic() + CAN_START, 0.0
    while not asked:
        for child in children:
            if child.fallen and child.process.returncode >= 0 and time.monotonic() < settled:
                return [child.said()]
            if child.fallen:
                child.bury()
            child.begin_again()
        if time.monotonic() >= next_look:
            next_look = time.monotonic() + _look(look_after)
        time.sleep(0.1)
    return []


def _look(look_after: Callable[[], None]) -> float:
    """See to what the children stand on; say in how many seconds to look again."""
    try:
        look_after()
    except Exception as failure:
        typer.echo(f"{failure}  It is tried again in {LONGEST_WAIT / 4:.0f} s.", err=True)
        return LONGEST_WAIT / 4
    return LOOKED_AFTER


def _stop(children: list[Child], asked: list[int]) -> None:
    """Ask each child to stop, wait, then kill what is left of its group; asked twice, it waits no longer."""
    for child in children:
        child.process.terminate()
    end = time.monotonic() + PATIENCE
    while (
        any(child.process.poll() is None for child in children) and len(asked) < 2 and time.monotonic() < end
    ):
        time.sleep(0.05)
    for child in children:
        _end_group(child.process)


def _end_group(process: Process) -> None:
    """Kill what a child left behind, and give it a moment to let go of the database."""
    end = time.monotonic() + 2
    with suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.killpg(process.pid, signal.SIGKILL)
            process.poll()
            time.sleep(0.05)
