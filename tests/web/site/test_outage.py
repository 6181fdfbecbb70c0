"""A database that is away is said to be so; one that refuses is a fault."""

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from psycopg import errors

from zaiti.core.outages import is_outage


def caused(failure, cause):
    failure.__cause__ = cause
    return failure


@pytest.mark.parametrize(
    ("failure", "away"),
    [
        (caused(OperationalError(), psycopg.OperationalError("connection failed")), True),
        (caused(OperationalError(), errors.AdminShutdown()), True),
        (caused(OperationalError(), errors.CannotConnectNow()), True),
        (caused(OperationalError(), errors.TooManyConnections()), True),
        (InterfaceError("connection already closed"), True),
        (caused(OperationalError(), errors.DeadlockDetected()), False),
        (caused(OperationalError(), errors.DiskFull()), False),
        (IntegrityError(), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_an_outage_is_told_from_a_fault(failure, away):
    assert is_outage(failure) is away


@pytest.fixture
def away(monkeypatch, client):
    """The real connection ends and can't be made anew."""
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    client.raise_request_exception = False
    connection.connection.close()
    yield client
    monkeypatch.undo()
    connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", [{}, {"HX-Request": "true"}])
def test_the_page_says_so_and_when_to_come_back(away, how):
    answer = away.get("/", headers=how)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "数据库暂时没有应答" in answer.text
    assert ("<html" in answer.text) == (not how)
