"""Processes that live and die together under one parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

import typer

PATIENCE = 15.0  # seconds from “please stop” to kill
PR_SET_PDEATHSIG = 1  # linux/prctl.h

Children = dict[str, subprocess.Popen[bytes]]


def run(commands: dict[str, list[str]], is_ready: Callable[[], bool], when_ready: Callable[[], None]) -> int:
    """Start the commands, keep them until a signal or the first death, stop them all; give the exit code."""
    asked = _listen()
    children = {name: _start(command) for name, command in commands.items()}
    try:
        _wait_for(children, asked, is_ready)
        if not (asked or _dead(children)):
            when_ready()
        _wait_for(children, asked, lambda: False)
        fallen = [] if asked else _dead(children)
        typer.echo("Stopping …")
    finally:
        _stop(children, asked)
    for death in fallen:
        typer.echo(f"{death}  Why stands above; the others were stopped.", err=True)
    return 1 if fallen else 0


def _listen() -> list[int]:
    """Note each request to stop, from Ctrl-C, `kill` or a closed terminal."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: asked.append(received))
    return asked


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a child in a group of its own, out of the terminal's Ctrl-C: only its parent stops it."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: S603 - our own


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_for(children: Children, asked: list[int], reached: Callable[[], bool]) -> None:
    while not (asked or _dead(children) or reached()):
        time.sleep(0.1)


def _dead(children: Children) -> list[str]:
    """Name the children that ended, and how."""
    return [_death(name, child.returncode) for name, child in children.items() if child.poll() is not None]


def _death(name: str, code: int) -> str:
    how = f"was killed by signal {-code}" if code < 0 else f"ended by itself with exit code {code}"
    return f"The {name} process {how}."


def _stop(children: Children, asked: list[int]) -> None:
    """Ask each child to stop, wait, then kill what is left of its group; asked twice, it waits no longer."""
    for child in children.values():
        child.terminate()
    end = time.monotonic() + PATIENCE
    while len(_dead(children)) < len(children) and len(asked) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    for child in children.values():
        _end_group(child)


def _end_group(child: subprocess.Popen[bytes]) -> None:
    """Kill what a child left behind, and give it a moment to let go of the database."""
    end = time.monotonic() + 2
    with suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.killpg(child.pid, signal.SIGKILL)
            child.poll()
            time.sleep(0.05)
