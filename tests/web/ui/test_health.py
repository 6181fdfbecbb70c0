"""What a load balancer asks."""

import pytest
from django.db import OperationalError, connection


def test_it_answers_ok_and_nothing_else(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_without_a_database_it_says_so_and_no_more(client):
    def unreachable(*_: object) -> None:
        raise OperationalError("connection to db.internal failed")

    with connection.execute_wrapper(unreachable):
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "db.internal" not in answer.text


def test_it_is_asked_by_plain_http_within_the_network(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 301


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, method):
    assert getattr(client, method)("/healthz").status_code == 405
