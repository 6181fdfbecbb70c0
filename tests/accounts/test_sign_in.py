"""Signing in: five wrong tries shut an account's door for a while, whatever comes after."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import make

RIGHT = "a-long-Passw0rd"


@pytest.fixture(autouse=True)
def _no_earlier_tries():
    cache.clear()


def sign_in(client, username: str, password: str) -> bool:
    client.post(reverse("account_login"), {"login": username, "password": password})
    return "_auth_user_id" in client.session


def test_the_right_password_opens_the_door(client):
    assert sign_in(client, make.user().username, RIGHT)


def test_five_wrong_tries_shut_it_even_for_the_right_password(client):
    username = make.user().username
    assert not any(sign_in(client, username, "wrong") for _try in range(5))
    assert not sign_in(client, username, RIGHT)


def test_others_are_not_shut_out_with_them(client):
    username, other = make.user().username, make.user().username
    for _try in range(5):
        sign_in(client, username, "wrong")
    assert sign_in(client, other, RIGHT)


def sign_in_from(client, address: str, password: str) -> bool:
    """One try with an account of its own each time, so that only the address counts."""
    headers = {"X-Forwarded-For": f"10.9.9.9, {address}"}  # the first is what the client says of itself
    given = {"login": make.user().username, "password": password}
    return client.post(reverse("account_login"), given, headers=headers).status_code == 302


@pytest.mark.parametrize(("proxies", "let_in"), [(1, [False, True]), (0, [False, False])])
def test_an_address_is_the_clients_only_where_a_proxy_is_trusted(client, settings, proxies, let_in):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/5m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert not any(sign_in_from(client, "192.0.2.1", "wrong") for _try in range(2))
    assert [sign_in_from(client, f"192.0.2.{last}", RIGHT) for last in (1, 2)] == let_in


def test_a_suspended_account_stays_out(client):
    person = make.user(is_active=False)
    assert not sign_in(client, person.username, RIGHT)


def test_a_session_ends_after_half_an_hour(client):
    sign_in(client, make.user().username, RIGHT)
    assert client.session.get_expiry_age() <= 30 * 60


@pytest.mark.parametrize("header", ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"])
def test_every_page_carries_the_protecting_headers(client, header):
    response = client.get(reverse("account_login"))
    assert header in response.headers
    assert "unsafe" not in response.headers["Content-Security-Policy"]
