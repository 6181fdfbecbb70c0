"""What Django is told of a request, and what it is not."""

import time
from io import BytesIO

import pytest

from zaiti.front.environ import arrival, client, environ, length


def scope(*headers: tuple[str, str], **facts):
    pairs = [(name.encode(), value.encode()) for name, value in headers]
    whole = {
        "method": "GET",
        "raw_path": b"/search/",
        "query_string": b"q=x",
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ("192.0.2.9", 40000),
        "scheme": "http",
        "headers": pairs,
    }
    return whole | facts


def asked(*headers: tuple[str, str], stamps: bool = False, **facts):
    return environ(scope(*headers, **facts), BytesIO(), 0, stamps=stamps)


def test_a_path_keeps_its_bytes():
    said = asked(raw_path=b"/register/%E7%BD%97%E6%B9%96/%ff")
    assert said["PATH_INFO"].encode("latin-1") == "/register/罗湖/".encode() + b"\xff"


def test_the_address_is_the_lines_own():
    assert asked(("x-forwarded-for", "10.0.0.1"))["REMOTE_ADDR"] == "192.0.2.9"


def test_a_name_with_an_underscore_does_not_pass_for_another():
    said = asked(("x_forwarded_for", "10.0.0.1"), ("x_forwarded_proto", "https"))
    assert not [name for name in said if name.startswith("HTTP_X")]


def test_cookies_and_lists_are_put_together():
    said = asked(("cookie", "a=1"), ("cookie", "b=2"), ("x-forwarded-for", "1"), ("x-forwarded-for", "2"))
    assert (said["HTTP_COOKIE"], said["HTTP_X_FORWARDED_FOR"]) == ("a=1; b=2", "1,2")


def test_the_length_is_that_of_what_came():
    said = environ(scope(("content-length", "999")), BytesIO(b"abc"), 3, stamps=False)
    assert (said["CONTENT_LENGTH"], "HTTP_CONTENT_LENGTH" in said) == ("3", False)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [([], 0), ([("content-length", "7")], 7), ([("transfer-encoding", "chunked")], None)],
)
def test_a_body_is_announced(headers, expected):
    assert length(scope(*headers)) == expected


def test_a_stamp_of_arrival_is_taken_only_where_our_proxy_sets_it():
    now = time.time()
    stamped = ("x-request-start", f"t={now - 60:.3f}")
    assert asked(stamped)["zaiti.arrived"] >= now
    assert asked(stamped, stamps=True)["zaiti.arrived"] == pytest.approx(now - 60, abs=0.001)
    for stamps in (False, True):
        assert "HTTP_X_REQUEST_START" not in asked(stamped, stamps=stamps)


def test_a_clients_stamp_beside_our_proxys_is_no_stamp():
    now = time.time()
    both = [("x-request-start", f"t={now - 60:.3f}"), ("x-request-start", f"t={now:.3f}")]
    assert asked(*both, stamps=True)["zaiti.arrived"] >= now
    assert asked(("x_request_start", f"t={now - 60:.3f}"), stamps=True)["zaiti.arrived"] >= now


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("t=990.5", 990.5),
        ("990", 990),
        ("t=1001", 1000),
        ("t=701", 701),
        ("t=699", 1000),
        ("t=inf", 1000),
        ("t=990,t=995", 1000),
        ("t=-5000", 1000),
        ("", 1000),
        ("nan", 1000),
        ("soon", 1000),
    ],
)
def test_a_stamp_that_makes_no_sense_is_not_taken(stamp, expected):
    assert arrival(stamp, 1000.0) == expected


def test_uploads_are_counted_by_the_client_behind_our_proxy():
    passed = scope(("x-forwarded-for", "10.0.0.1, 198.51.100.7"))
    assert [client(passed, proxies) for proxies in (0, 1, 2, 3)] == [
        "192.0.2.9",
        "198.51.100.7",
        "10.0.0.1",
        "192.0.2.9",
    ]
