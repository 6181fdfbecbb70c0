"""Pages while many clients are slow: `python -m bench.slow http://127.0.0.1:8000/`, of a server that runs."""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

SLOW, HALF, RATE, LASTS = 200, 200, 10_000, 15.0  # clients, clients, bytes a second, seconds
BODY = 20 * 2**20
Client = Callable[[str, int], Awaitable[None]]


class Times(NamedTuple):
    """How long pages took, in seconds."""

    median: float
    worst: float
    asked: int


async def upload_slowly(host: str, port: int) -> None:
    """Send a large form at 10 kB/s."""
    _reader, writer = await asyncio.open_connection(host, port)
    head = f"POST /accounts/login/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: {BODY}\r\n"
    writer.write(f"{head}Content-Type: multipart/form-data; boundary=x\r\n\r\n".encode())
    while True:
        writer.write(b"x" * (RATE // 4))
        await writer.drain()
        await asyncio.sleep(0.25)


async def send_half(host: str, port: int) -> None:
    """Begin a request, and never end its headers."""
    _reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"GET / HTTP/1.1\r\nHost: {host}\r\nX-Half: ".encode())
    await writer.drain()
    await asyncio.sleep(3600)


async def send_half_a_body(host: str, port: int) -> None:
    """Begin a body, and never end it."""
    _reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"POST /search/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100\r\n\r\nhalf".encode())
    await writer.drain()
    await asyncio.sleep(3600)


async def ask(host: str, port: int, path: str) -> float:
    """Ask for a page on a line of its own; give the seconds until its last byte."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"{path} answered {answer[:60]!r}")
    return time.perf_counter() - began


async def pages(host: str, port: int, lasts: float) -> Times:
    """Ask for pages one after the other for a while."""
    took, end = list[float](), time.monotonic() + lasts
    while time.monotonic() < end:
        took += [await ask(host, port, path) for path in ("/", "/register/", "/accounts/login/")]
        await asyncio.sleep(0.1)
    return Times(statistics.median(took), max(took), len(took))


async def among(host: str, port: int, lasts: float, *crowd: tuple[Client, int]) -> Times:
    """Ask for pages among a crowd of other clients."""
    clients = [
        asyncio.create_task(_kept(client, host, port)) for client, number in crowd for _ in range(number)
    ]
    try:
        await asyncio.sleep(min(2.0, lasts))
        return await pages(host, port, lasts)
    finally:
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)


async def _kept(client: Client, host: str, port: int) -> None:
    """A client that is let go comes again."""
    while True:
        with suppress(OSError):
            await client(host, port)
        await asyncio.sleep(0.2)


async def main(url: str) -> None:
    """Measure without the crowd and with it."""
    place = urlsplit(url)
    host, port = place.hostname or "127.0.0.1", place.port or 80
    crowd = ((upload_slowly, SLOW), (send_half, HALF), (send_half_a_body, HALF))
    for name, those in (("alone", ()), (f"among {SLOW} slow, {2 * HALF} half-sent", crowd)):
        took = await among(host, port, LASTS, *those)
        print(f"{name}: median {took.median:.3f} s, worst {took.worst:.3f} s of {took.asked} pages")
    raise SystemExit(0 if took.worst < 1 else "A page took longer than a second.")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
