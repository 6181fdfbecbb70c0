"""Django's answer, taken off its thread whole; then sent at whatever pace the client reads."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Send = Callable[[dict[str, Any]], Awaitable[None]]
CHUNK = 1 << 16
IN_MEMORY = 1 << 18
STALLED = 60.0  # seconds in which a client must take the next piece


class WholeFile:
    """A file on disk that is the answer's body: `wsgi.file_wrapper`."""

    def __init__(self, file: IO[bytes], size: int = CHUNK) -> None:
        self.file, self.size = file, size

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(self.size), b"")

    def close(self) -> None:
        """End Django's response, too."""
        if close := getattr(self.file, "close", None):
            close()

    def opened_again(self) -> IO[bytes] | None:
        """The same file from the same place, for a longer life than the response's."""
        try:
            again, place = os.dup(self.file.fileno()), self.file.tell()
        except (AttributeError, OSError):  # no file on disk, or a part of one
            return None
        os.lseek(again, place, os.SEEK_SET)
        return os.fdopen(again, "rb")


class Answer:
    """Status, headers and body."""

    def __init__(self, folder: Path) -> None:
        self.status, self.headers = 500, list[tuple[bytes, bytes]]()
        self.body: Any = SpooledTemporaryFile(IN_MEMORY, dir=str(folder))  # noqa: SIM115 - closed when it is sent

    def start(self, status: str, headers: list[tuple[str, str]], _failed: object = None) -> None:
        """WSGI's `start_response`."""
        self.status = int(status.partition(" ")[0])
        self.headers = [
            (name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers
        ]

    def take(self, chunks: Iterable[bytes]) -> None:
        """Take the body, on the thread that makes it."""
        try:
            again = chunks.opened_again() if isinstance(chunks, WholeFile) else None
            if again:
                self.body = again
                return
            for chunk in chunks:
                self.body.write(chunk)
            self.body.seek(0)
        finally:
            if close := getattr(chunks, "close", None):
                close()

    async def send(self, send: Send) -> None:
        """Send it; a client that stops reading is let go."""
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        with self.body:
            piece = self.body.read(CHUNK)
            await send(start)
            while len(piece) == CHUNK:
                async with asyncio.timeout(STALLED):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece = self.body.read(CHUNK)
            await send({"type": "http.response.body", "body": piece})
