"""A real mail server, as bad as a test needs it."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Server:
    """How it answers, and what it took: `answers` by address, a pause before each mail is taken."""

    port: int
    answers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    hangs_up: int = 0
    taken: list[tuple[str, str]] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.hangs_up:
            self.hangs_up -= 1
            server.transport.abort()
            return "421 gone"
        await asyncio.sleep(self.pause)
        text = (envelope.original_content or b"").decode(errors="replace")
        number = next(line for line in text.splitlines() if line.lower().startswith("message-id:"))
        self.taken += [(address, number) for address in envelope.rcpt_tos]
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Have it listen."""
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
