"""The process that touches untrusted files: loaded once, it forks a short-lived child for each job.

Started by `sandbox` with the arguments MODULE FD. MODULE is imported once and has `JOBS`, a table
of generators `job(fd, request)`; each yielded value is sent back as one line of JSON.
"""

import gc
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, NoReturn

Job = Callable[[int, dict[str, Any]], Iterator[object]]

# A busy machine may give a process a tenth of a processor: wall time is only the back-stop.
WALL_FACTOR = 20.0
PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Serve jobs until the parent goes away."""
    jobs: dict[str, Job] = import_module(sys.argv[1]).JOBS
    control = socket.socket(fileno=int(sys.argv[2]))
    gc.freeze()  # children share what is loaded: collecting would copy it
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.send(b"!")
    while fds := socket.recv_fds(control, 1, 2)[1]:
        if os.fork() == 0:
            control.close()
            _leave(_mind, jobs, fds[0], fds[1])
        for fd in fds:
            os.close(fd)


def _mind(jobs: dict[str, Job], line: int, source: int) -> int:
    """Fork the child that does the work, and report how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child == 0:
        _leave(_work, jobs, line, source)
    _, status = os.waitpid(child, 0)
    _send(line, {"end": os.waitstatus_to_exitcode(status)})
    return 0


def _work(jobs: dict[str, Job], line: int, source: int) -> int:
    """Read the request, limit this process, run the job."""
    request = _receive(line)
    step_seconds = float(request["step_seconds"])
    _limit(int(request["memory_bytes"]))
    _grant(step_seconds)
    try:
        for value in jobs[request["job"]](source, request):
            _send(line, {"value": value})
            _grant(step_seconds)
    except MemoryError:
        return 2
    except Exception as error:  # whatever a hostile file provokes is an answer, not a crash
        _send(line, {"error": f"{type(error).__name__}: {error}"[:500]})
        return 3
    return 0


def _leave(work: Callable[..., int], *args: object) -> NoReturn:
    """Run `work` and end this process with its code, whatever happens."""
    code = 4
    try:
        code = work(*args)
    finally:
        os._exit(code)


def _limit(memory_bytes: int) -> None:
    """Bound memory and forbid writing files and dumping core."""
    with open("/proc/self/statm") as statm:
        used = int(statm.read().split()[0]) * PAGE
    resource.setrlimit(resource.RLIMIT_AS, (used + memory_bytes, used + memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _grant(seconds: float) -> None:
    """Give the next step its time; the kernel ends a process that overruns it, even inside C."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * WALL_FACTOR)


def _receive(line: int) -> dict[str, Any]:
    """Read one line of JSON."""
    chunks = b""
    while not chunks.endswith(b"\n"):
        chunks += os.read(line, 65536)
    request: dict[str, Any] = json.loads(chunks)
    return request


def _send(line: int, value: object) -> None:
    """Write one line of JSON whole."""
    data = memoryview(json.dumps(value).encode() + b"\n")
    while data:
        data = data[os.write(line, data) :]
