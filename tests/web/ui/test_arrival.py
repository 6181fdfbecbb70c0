"""When a request arrived: by the server's own stamp, never by what a client says."""

import time
from datetime import timedelta

import pytest
from django.test import RequestFactory

from zaiti import clock
from zaiti.web.http.arrival import STAMP, arrived_at


def waited(**meta) -> timedelta:
    return clock.now() - arrived_at(RequestFactory().post("/", **meta))


def test_what_waited_in_a_queue_arrived_before():
    assert timedelta(seconds=15) < waited(**{STAMP: time.time() - 16}) < timedelta(seconds=17)


def test_without_a_stamp_it_arrived_now():
    assert waited() < timedelta(seconds=1)


@pytest.mark.parametrize("stamp", [float("nan"), float("inf"), -float("inf"), "1", None, 9e12])
def test_an_absurd_stamp_is_now(stamp):
    assert abs(waited(**{STAMP: stamp})) < timedelta(seconds=1)


def test_a_header_of_that_name_is_no_stamp():
    old = str(time.time() - 86400)
    names = {"HTTP_ZAITI_ARRIVED": old, "HTTP_ZAITI.ARRIVED": old, "HTTP_X_ZAITI_ARRIVED": old}
    assert waited(**names) < timedelta(seconds=1)
