"""The ASGI application: take in, run Django on one of a few threads, send."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from zaiti.front.answer import Answer, Send, WholeFile
from zaiti.front.environ import client, environ, length
from zaiti.front.intake import Gone, Intake, Limits, Receive, Scope, Turned
from zaiti.front.turning import say

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Front:
    """Stands before a WSGI application."""

    def __init__(
        self,
        application: Wsgi,
        limits: Limits,
        folder: Path,
        *,
        threads: int,
        proxies: int,
        stamps: bool = False,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.application, self.folder = application, folder
        self.proxies, self.stamps = proxies, stamps
        self.intake = Intake(limits, folder)
        self.threads = ThreadPoolExecutor(threads, "django")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        with suppress(Gone, TimeoutError, ConnectionError):
            try:
                answer = await self._answer(scope, receive)
            except Turned as no:
                await say(no.status, scope["path"], send)
            else:
                await answer.send(send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        size = length(scope)
        body: IO[bytes] = BytesIO()
        if size != 0:
            body = await self.intake.read(receive, size, client(scope, self.proxies))
        with body:
            asked = environ(scope, body, _size(body), stamps=self.stamps)
            return await asyncio.get_running_loop().run_in_executor(self.threads, self._run, asked)

    def _run(self, asked: dict[str, Any]) -> Answer:
        answer = Answer(self.folder)
        asked["wsgi.file_wrapper"] = WholeFile
        answer.take(self.application(asked, answer.start))
        return answer


def _size(body: IO[bytes]) -> int:
    size = body.seek(0, 2)
    body.seek(0)
    return size
