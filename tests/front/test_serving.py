"""From an ASGI request to Django and back."""

import asyncio
import json
from io import BytesIO
from pathlib import Path

import pytest

from tests.front.test_environ import scope
from zaiti.front.answer import WholeFile
from zaiti.front.intake import Limits
from zaiti.front.serving import Front

LONG = b"0123456789" * 50_000


def answer_of(application, tmp_path, *headers, body: bytes = b"", path="/search/") -> tuple[int, dict, bytes]:
    front = Front(application, Limits(body=1000, kept_free=0), tmp_path, threads=1, proxies=0)
    sent: list[dict] = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    asked = scope(*headers, type="http", method="POST", path=path, raw_path=path.encode())
    asyncio.run(front(asked, receive, send))
    said = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], said, b"".join(message["body"] for message in sent[1:])


def echo(environ, start_response):
    start_response("201 Created", [("Set-Cookie", " a=1"), ("X-Arrived", str(environ["zaiti.arrived"] > 0))])
    return [environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))]


def test_what_is_sent_reaches_django_and_its_answer_comes_back(tmp_path):
    status, headers, body = answer_of(echo, tmp_path, ("content-length", "5"), body=b"hello")
    assert (status, body) == (201, b"hello")
    assert headers == {"set-cookie": "a=1", "x-arrived": "True"}


class Watched(BytesIO):
    closed_by = ""

    def close(self):
        self.closed_by += "front"
        super().close()


def test_a_long_answer_comes_whole_and_is_closed(tmp_path):
    made = Watched(LONG)

    def app(_environ, start_response):
        start_response("200 OK", [])
        return WholeFile(made)

    assert answer_of(app, tmp_path)[2] == LONG
    assert made.closed_by


def test_a_file_is_sent_from_where_it_stands_without_a_copy(tmp_path):
    Path(tmp_path / "file").write_bytes(LONG)

    def app(environ, start_response):
        start_response("200 OK", [])
        file = Path(tmp_path / "file").open("rb")  # noqa: SIM115 - the front closes it
        file.read(7)
        return environ["wsgi.file_wrapper"](file, 8192)

    assert answer_of(app, tmp_path)[2] == LONG[7:]


@pytest.mark.parametrize(
    ("path", "kind"), [("/search/", "text/html; charset=utf-8"), ("/api/v1/x", "application/json")]
)
def test_what_is_turned_away_is_told_why_in_a_sentence(tmp_path, path, kind):
    status, headers, body = answer_of(echo, tmp_path, ("content-length", "1001"), path=path)
    assert (status, headers["content-type"], headers["connection"]) == (413, kind, "close")
    assert "one by one" in (json.loads(body)["detail"] if path.startswith("/api") else body.decode())
