"""Half an hour: whoever is at work stays signed in, whoever is not is signed out, at one save a minute."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from zaiti.accounts.models import User
from zaiti.web.http import middleware
from zaiti.web.ui.context import interface

PASSWORD = "a-long-sample-password"


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch):
    """Let minutes pass for the session and for the table of sessions alike."""
    offset = timedelta()
    now = middleware.time.time

    def passes(minutes: float) -> None:
        nonlocal offset
        offset += timedelta(minutes=minutes)
        monkeypatch.setattr(middleware.time, "time", lambda: now() + offset.total_seconds())
        for row in Session.objects.all():
            row.expire_date -= timedelta(minutes=minutes)
            row.save()

    return passes


def signed_in(client: Client) -> bool:
    return client.get("/inside/").status_code == 200


def expires_in() -> timedelta:
    return Session.objects.get().expire_date - timezone.now()


@pytest.fixture
def inside(client: Client) -> Client:
    User.objects.create_user("someone", name="张示例", password=PASSWORD)
    client.post("/accounts/login/", {"login": "someone", "password": PASSWORD})
    assert signed_in(client)
    return client


def test_at_work_one_stays_signed_in(inside, pass_time):
    for _round in range(5):
        pass_time(20)
        assert signed_in(inside)


def test_idle_one_is_signed_out(inside, pass_time):
    pass_time(31)
    assert not signed_in(inside)


def test_it_is_half_an_hour_from_the_last_page_give_or_take_a_minute(inside, pass_time):
    pass_time(0.9)
    assert signed_in(inside)
    assert timedelta(minutes=29) <= expires_in() < timedelta(minutes=29.2)
    pass_time(0.2)
    assert signed_in(inside)
    assert expires_in() > timedelta(minutes=29.9)


def test_a_minute_of_pages_costs_one_save(inside, pass_time, django_assert_num_queries):
    pass_time(2)
    assert signed_in(inside)
    with django_assert_num_queries(2):  # the session and the person
        inside.get("/inside/")


def test_a_visitor_is_given_no_session(client: Client):
    client.get("/accounts/login/")
    assert not Session.objects.exists()


def test_the_page_warns_in_time(rf, settings):
    request = rf.get("/")
    assert interface(request)["session_seconds"] == settings.SESSION_COOKIE_AGE
    request.user = User(username="someone")
    assert interface(request)["session_seconds"] == settings.SESSION_COOKIE_AGE - settings.SESSION_KEPT_EVERY
