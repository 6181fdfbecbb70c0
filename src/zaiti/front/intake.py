"""Take a request's body in: into memory while it is small, then a file; never for ever, never too many."""

import asyncio
import shutil
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]


@dataclass(frozen=True)
class Limits:
    """How much, how long and how many at once; all but the first are ours [D]."""

    body: int  # bytes
    patience: float = 20.0  # seconds without a byte
    grace: float = 30.0  # seconds before the rate counts
    rate: int = 2048  # bytes a second, on the average
    longest: float = 3600.0  # seconds
    by_address: int = 256  # bodies under way
    at_once: int = 1024
    in_memory: int = 1 << 16  # bytes
    kept_free: int = 1 << 30  # bytes of the disk


class Turned(Exception):  # noqa: N818 - no error of ours
    """The request is turned away before Django sees it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):  # noqa: N818 - no error of ours
    """The client left."""


class Intake:
    """The bodies under way in this process."""

    def __init__(self, limits: Limits, folder: Path) -> None:
        self.limits, self.folder = limits, folder
        self.under_way: Counter[str] = Counter()

    async def read(self, receive: Receive, length: int | None, address: str) -> IO[bytes]:
        """Read a body to its end; Turned when it is too large, too slow, or one too many."""
        self._check_size(length or 0)
        body = SpooledTemporaryFile(self.limits.in_memory, dir=str(self.folder))  # noqa: SIM115 - goes on to Django
        try:
            with self._counted(address):
                await self._fill(body, receive)
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return cast(IO[bytes], body)  # it has all that IO has

    async def _fill(self, body: "SpooledTemporaryFile[bytes]", receive: Receive) -> None:
        began, size, more = time.monotonic(), 0, True
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self.limits.patience) as ends:
                while more:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise Gone
                    chunk, more = message.get("body", b""), message.get("more_body", False)
                    size += len(chunk)
                    self._check_size(size)
                    body.write(chunk)
                    ends.reschedule(loop.time() + self._left(time.monotonic() - began, size))
        except TimeoutError:
            raise Turned(408) from None

    def _left(self, lasted: float, size: int) -> float:
        """How long the next bytes may take."""
        limits = self.limits
        by_rate = limits.grace + size / limits.rate - lasted
        return min(limits.patience, by_rate, limits.longest - lasted)

    def _check_size(self, size: int) -> None:
        if size > self.limits.body:
            raise Turned(413)
        if size > self.limits.in_memory and shutil.disk_usage(self.folder).free < self.limits.kept_free:
            raise Turned(507)

    @contextmanager
    def _counted(self, address: str) -> Iterator[None]:
        full = self.under_way.total() >= self.limits.at_once
        if full or self.under_way[address] >= self.limits.by_address:
            raise Turned(503 if full else 429)
        self.under_way[address] += 1
        try:
            yield
        finally:
            self.under_way[address] -= 1
            self.under_way += Counter()  # forget those at nought
