"""Who a visitor is, and what too often is answered with."""

import pytest
from django.test import RequestFactory

from tests import make
from zaiti.limits import TooMany, spend
from zaiti.limits.models import Spent
from zaiti.web.api import v1
from zaiti.web.http.visitors import address, household
from zaiti.web.site import search

ENGLISH = {"Accept-Language": "en"}


def seen(proxies: int, settings, passed: str | None = None, peer: str = "192.0.2.9") -> str:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": passed} if passed else {}
    return address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer))


def test_the_address_is_the_one_that_our_outermost_proxy_saw(settings):
    said = "10.0.0.1, 198.51.100.7, 192.0.2.1"
    assert [seen(n, settings, said) for n in (0, 1, 2)] == ["192.0.2.9", "192.0.2.1", "198.51.100.7"]
    assert seen(1, settings) == "192.0.2.9"
    assert seen(3, settings, "198.51.100.7") == "192.0.2.9"


def test_a_subscriber_cannot_walk_through_a_network_of_their_own():
    def counted(peer):
        return household(RequestFactory().get("/", REMOTE_ADDR=peer))

    assert counted("2001:db8:1:2::1") == counted("2001:db8:1:2:ffff::9") != counted("2001:db8:1:3::1")
    assert counted("192.0.2.9") == "192.0.2.9"


def use_up(scope: str, most: int) -> None:
    spend(scope, "127.0.0.1", most=most, per=v1.MINUTE, cost=most)


def test_a_page_asked_for_too_often_says_so_in_the_houses_look(client):
    use_up("search", search.MOST_A_MINUTE)
    answer = client.get("/search/", {"q": "x"}, headers=ENGLISH)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Please try again in 1 minute." in answer.text
    assert "ui/zaiti.css" in answer.text


def test_a_machine_is_told_in_json(client):
    use_up("api", v1.MOST_A_MINUTE)
    answer = client.get("/api/v1/carriers", headers=ENGLISH)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Please try again in 1 minute." in answer.json()["detail"]


def test_a_locked_account_is_answered_429_with_the_time_to_wait(client):
    tries = {"login": make.user().username, "password": "wrong"}
    answers = [client.post("/accounts/login/", tries, headers=ENGLISH) for _try in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1]["Retry-After"] == "900"
    assert "Please try again in 15 minutes." in answers[-1].text


def test_so_many_sign_ins_a_minute_from_one_address(client):
    tries = [client.post("/accounts/login/", {"login": f"u{n}", "password": "x"}) for n in range(31)]
    assert [tries[29].status_code, tries[30].status_code] == [200, 429]
    assert tries[30]["Retry-After"] == "60"


def test_a_unit_sends_so_many_invitations_a_day(client):
    unit = make.organisation()
    client.force_login(make.user(organisation=unit, org_role="owner"))
    asked = [{"name": "示例甲", "email": f"a{n}@example.com"} for n in range(21)]
    answers = [client.post("/my/members/invite/", given).status_code for given in asked]
    assert answers == [302] * 20 + [429]
    assert unit.invitations.count() == 20


def test_a_refused_visitor_is_not_counted_twice():
    use_up("search", 5)
    with pytest.raises(TooMany):
        spend("search", "127.0.0.1", most=5, per=v1.MINUTE)
    assert len(Spent.objects.get().ats) == 1
