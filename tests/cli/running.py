"""Starting `zaiti` as people do: a process of its own, with an environment of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

STARTED = "Ctrl-C stops it."
PATIENCE = 180.0  # a machine may be slow; who waits for nothing fails late


def environment(data: Path, **more: str) -> dict[str, str]:
    """The least a command needs; coverage's own variables pass, so that the process is measured."""
    coverage = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    return {"PATH": os.environ["PATH"], "ZAITI_DATA": str(data), **coverage, **more}


def zaiti(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-m", "zaiti.cli", *arguments]
    env = environment(data, **more)
    return subprocess.run(command, env=env, text=True, capture_output=True, timeout=PATIENCE)


class Up:
    """A running `zaiti up` (or `work`), and what it has printed."""

    def __init__(self, data: Path, log: Path, command: str = "up", **more: str) -> None:
        self.log, self.port = log, more.get("PORT", "")
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "zaiti.cli", *command.split()],
                env=environment(data, **more),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self) -> "Up":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE)

    @property
    def said(self) -> str:
        return self.log.read_text()

    def until(self, words: str) -> None:
        """Wait until it has said this."""
        until(lambda: words in self.said or self.process.poll() is not None)
        assert words in self.said, self.said

    def end(self, number: int) -> int:
        """Send a signal and wait for the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


class House:
    """One Zaiti for all tests, started whenever it does not run; its first start is traced."""

    def __init__(self, data: Path, folder: Path) -> None:
        self.data, self.folder, self.port = data, folder, free_port()
        self.starts = list[Up]()

    def __call__(self) -> Up:
        """Give the one that runs."""
        if not self.starts or self.starts[-1].process.poll() is not None:
            log = self.folder / str(len(self.starts))
            log.mkdir()
            self.starts.append(start(self.data, self.port, log, traced=not self.starts))
        self.starts[-1].until(STARTED)
        return self.starts[-1]


def start(data: Path, port: str, folder: Path, *, traced: bool = False, **more: str) -> Up:
    """Start it as in production, which has no demo data to load; what one start covers, the next does too."""
    more |= {} if traced else {"COVERAGE_PROCESS_START": ""}
    plain = {"SECRET_KEY": "for a test", "ZAITI_HOSTS": "127.0.0.1", "ZAITI_NO_TLS_REDIRECT": "1"}
    return Up(data, folder / "log", PORT=port, ZAITI_WEB_WORKERS="1", **plain, **more)


def free_port() -> str:
    """A port that nobody has yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def until(reached, patience: float = PATIENCE) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + patience
    while not reached() and time.monotonic() < end:
        time.sleep(0.05)
