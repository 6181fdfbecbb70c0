"""A real `zaiti up` among hundreds of slow, half-sent and huge requests."""

import asyncio
import signal
import socket
import time
from http.client import HTTPConnection

import psutil
import pytest
from bench import slow

from tests.busy import busy

pytestmark = pytest.mark.slow
LONGEST_WAIT = 1.0  # seconds for a page
SLOWER = 3  # times as long as without them, on a machine that takes a second for a page alone
MOST_GROWN = 60 * 2**20  # bytes of memory
UPLOAD = 200 * 2**20


@pytest.fixture(scope="module")
def up(house):
    return house()


@pytest.fixture(scope="module")
def port(up):
    return int(up.port)


def among(port: int, *crowd: tuple[slow.Client, int]) -> slow.Times:
    return asyncio.run(slow.among("127.0.0.1", port, 5.0, *crowd))


@pytest.fixture(scope="module")
def alone(up, port) -> slow.Times:
    """Pages without a crowd, once none is the first."""
    among(port)
    return among(port)


@pytest.mark.parametrize("client", [slow.upload_slowly, slow.send_half, slow.send_half_a_body])
def test_two_hundred_such_clients_leave_pages_answering_within_a_second(up, port, alone, client):
    times = among(port, (client, 200))
    assert times.worst < max(LONGEST_WAIT, SLOWER * alone.worst), (times, alone)


def test_a_request_whose_headers_never_end_is_let_go(up, port):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ")
        began = time.monotonic()
        assert b"200 OK" not in line.recv(1000)
    assert time.monotonic() - began < 15 * busy()


def memory(up) -> int:
    return sum(child.memory_info().rss for child in psutil.Process(up.process.pid).children(recursive=True))


def send_form(port: int, size: int) -> int:
    """Send a form with one file of so many bytes, and give the answer's status."""
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n'
    piece, foot = b"%PDF-1.4" * 2**13, b"\r\n--x--\r\n"
    asking = HTTPConnection("127.0.0.1", port, timeout=60)
    asking.putrequest("POST", "/accounts/login/")
    asking.putheader("Content-Type", "multipart/form-data; boundary=x")
    asking.putheader("Content-Length", str(len(head) + size + len(foot)))
    asking.putheader("Cookie", "csrftoken=" + "a" * 32)  # so that the form is looked into for its token
    asking.endheaders()
    asking.send(head)
    for _piece in range(size // len(piece)):
        asking.send(piece)
    asking.send(foot)
    return asking.getresponse().status


def test_a_huge_upload_reaches_django_and_leaves_memory_as_it_was(up, port):
    assert send_form(port, 2**20) == 403  # Django read it all: the form lacks its token
    before = memory(up)
    assert send_form(port, UPLOAD) == 403
    assert memory(up) - before < MOST_GROWN


def test_more_than_is_taken_is_refused_at_once_in_a_sentence(up, port):
    asking = HTTPConnection("127.0.0.1", port, timeout=60)
    asking.putrequest("POST", "/accounts/login/")
    asking.putheader("Content-Length", str(10**12))
    asking.endheaders()
    answer = asking.getresponse()
    assert answer.status == 413
    assert "一次发送的内容太大" in answer.read().decode()


def test_it_stops_at_once_though_clients_are_half_way(up, port):
    lines = [socket.create_connection(("127.0.0.1", port)) for _line in range(20)]
    for line in lines:
        line.sendall(b"POST /search/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf")
    time.sleep(0.5)
    began = time.monotonic()
    assert up.end(signal.SIGINT) == 0
    assert time.monotonic() - began < 10 * busy()
    for line in lines:
        line.close()
