"""The caller's side of the sandbox: hands a file to a worker process and reads what comes back."""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from scancheck.worker import WALL_FACTOR

START_SECONDS = 60.0


class Died(Exception):  # noqa: N818 (it names what happened to the child)
    """The child ended before it finished: `why` is "timeout", "memory", "crash" or "error"."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why = why


class Sandbox:
    """A worker process with `module` loaded; started when first used, and again if it is gone."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = threading.Lock()
        self._owner = 0
        self._control: socket.socket | None = None
        atexit.register(self.close)

    def run(
        self, job: str, file: BinaryIO, *, step_seconds: float, memory_bytes: int, **facts: object
    ) -> Iterator[Any]:
        """Yield what `job` yields about `file`; raise Died when the child doesn't finish."""
        mine, theirs = socket.socketpair()
        with mine:
            with theirs:
                self._hand_over([theirs.fileno(), file.fileno()])
            limits = {"job": job, "step_seconds": step_seconds, "memory_bytes": memory_bytes}
            mine.sendall(json.dumps({**facts, **limits}).encode() + b"\n")
            yield from _answers(mine, patience=step_seconds * WALL_FACTOR + 1)

    def close(self) -> None:
        """Let the worker go; it ends when its control socket closes."""
        if self._control and self._owner == os.getpid():
            self._control.close()
        self._control = None

    def _hand_over(self, fds: list[int]) -> None:
        with self._lock:
            try:
                socket.send_fds(self._alive(), [b"j"], fds)
            except OSError:
                self.close()
                socket.send_fds(self._alive(), [b"j"], fds)

    def _alive(self) -> socket.socket:
        if self._control is None or self._owner != os.getpid():
            self._control, self._owner = _start(self._module), os.getpid()
        return self._control


def _start(module: str) -> socket.socket:
    """Start a worker and wait until it has loaded `module`."""
    mine, theirs = socket.socketpair()
    source = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")]))
    with theirs:
        program = "from scancheck.worker import main; main()"
        process = subprocess.Popen(  # noqa: S603 (our own program, no shell)
            [sys.executable, "-c", program, module, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    threading.Thread(target=process.wait, daemon=True).start()
    mine.settimeout(START_SECONDS)
    if mine.recv(1) != b"!":
        raise RuntimeError("scancheck's worker did not start")
    mine.settimeout(None)
    return mine


def _answers(line: socket.socket, *, patience: float) -> Iterator[Any]:
    """Yield the values a child sends, until it says how it ended."""
    error = ""
    for message in _lines(line, patience):
        if "value" in message:
            yield message["value"]
        elif "error" in message:
            error = message["error"]
        elif message["end"] == 0:
            return
        else:
            raise Died(_reason(message["end"]), error)
    raise Died("crash")


def _reason(code: int) -> str:
    """Name an exit: by its signal, or by the worker's own codes."""
    if code in (-signal.SIGPROF, -signal.SIGALRM, -signal.SIGXCPU):
        return "timeout"
    return {2: "memory", 3: "error"}.get(code, "crash")


def _lines(line: socket.socket, patience: float) -> Iterator[dict[str, Any]]:
    """Yield JSON lines as they come; a silence longer than `patience` seconds is a death."""
    pending = b""
    while select.select([line], [], [], patience)[0]:
        chunk = line.recv(1 << 20)
        if not chunk:
            return
        *whole, pending = (pending + chunk).split(b"\n")
        yield from map(json.loads, whole)
    raise Died("timeout")
