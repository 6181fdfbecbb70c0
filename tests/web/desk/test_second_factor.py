"""Who must have a second factor is led to its set-up: at first with days of grace, then from everywhere."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests import make
from zaiti import clock
from zaiti.accounts.actions import end_post, reset_second_factor
from zaiti.accounts.models import User
from zaiti.core import Refused

SET_UP = reverse("mfa_activate_totp")
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _demanded(settings):
    settings.SECOND_FACTOR = "approvers"


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def days_on(days):
    return clock.at(clock.now() + timedelta(days=days))


@pytest.fixture
def approver(client):
    """An approver's browser, just signed in with the password."""
    person = make.holder("approver")
    client.post(reverse("account_login"), {"login": person.username, "password": "a-long-Passw0rd"})
    return person


def test_seven_days_of_grace_begin_at_the_first_sign_in(client, approver):
    with days_on(0):
        assert "还有 7 天" in client.get("/desk/").text
    with days_on(6.5):
        assert "还有 1 天" in client.get("/desk/").text
    with days_on(7.1):
        assert client.get("/desk/").url == SET_UP


def test_then_every_page_leads_to_the_set_up_and_nothing_is_done(client, approver):
    client.get("/desk/")
    with days_on(8):
        assert client.get("/").url == SET_UP
        assert client.get("/desk/calls/", headers=HTMX).headers["HX-Redirect"] == SET_UP
        answer = client.post("/desk/calls/1/publish/")
        assert (answer.status_code, "两步验证" in answer.text) == (409, True)
        assert client.get(reverse("account_logout")).status_code == 200


def test_once_it_is_set_up_every_page_opens_and_signing_in_asks_for_it(client, approver):
    client.get("/desk/")
    with days_on(8):
        again = client.get(SET_UP).url
        assert client.post(again, {"password": "a-long-Passw0rd"}).url == SET_UP
        assert client.get(SET_UP).status_code == 200
        secret = client.session["mfa.totp.secret"]
        assert client.post(SET_UP, {"code": code_of(secret)}).status_code == 302
        assert client.get("/desk/").status_code == 200
        kept = Authenticator.objects.get(user=approver, type="totp").data["secret"]
        assert secret not in kept
    client.logout()
    given = {"login": approver.username, "password": "a-long-Passw0rd"}
    assert client.post(reverse("account_login"), given).url.startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


def activated(person):
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    return person


@pytest.mark.parametrize(
    ("mode", "free"),
    [
        ("approvers", [lambda: make.holder("officer"), lambda: make.holder("auditor"), make.applicant]),
        ("officials", [make.applicant, lambda: make.expert().user]),
        ("none", [lambda: make.holder("approver"), lambda: make.user(is_admin=True)]),
    ],
)
def test_others_are_left_in_peace(client, settings, mode, free):
    settings.SECOND_FACTOR = mode
    for who in free:
        client.force_login(person := who())
        client.get("/start/", follow=True)
        person.refresh_from_db()
        assert person.factor_asked_at is None


@pytest.mark.parametrize(
    ("mode", "who"),
    [
        ("approvers", lambda: make.user(is_admin=True)),
        ("officials", lambda: make.holder("supervisor")),
        ("officials", lambda: make.holder("officer")),
    ],
)
def test_administrators_always_and_officials_by_setting(client, settings, mode, who):
    settings.SECOND_FACTOR = mode
    client.force_login(person := who())
    client.get("/desk/")
    person.refresh_from_db()
    assert person.factor_asked_at


def test_the_grace_begins_anew_with_a_later_post(client, approver):
    client.get("/desk/")
    end_post(approver.posts.get(), by=make.user(is_admin=True))
    assert User.objects.get(pk=approver.pk).factor_asked_at is None


def test_a_lost_one_is_taken_away_by_an_administrator_and_told():
    admin, person = make.user(is_admin=True), activated(make.holder("approver"))
    with pytest.raises(Refused):
        reset_second_factor(make.user(), by=admin)
    reset_second_factor(person, by=admin)
    assert not Authenticator.objects.exists()
    assert [m.template for m in person.inbox.all()] == ["accounts/mail/second_factor_reset.txt"]


@pytest.mark.parametrize("who", [lambda: make.holder("approver"), make.applicant])
def test_nobody_else_takes_it_away(who):
    with pytest.raises(PermissionDenied):
        reset_second_factor(activated(make.user()), by=who())
    admin = activated(make.user(is_admin=True))
    with pytest.raises(PermissionDenied):
        reset_second_factor(admin, by=admin)


def test_the_last_administrator_gets_in_again_from_the_servers_terminal():
    admin = activated(make.user(is_admin=True))
    call_command("reset_second_factor", admin.username)
    assert not Authenticator.objects.exists()
    for name in (admin.username, "nobody"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", name)


def test_the_page_of_an_account_shows_it_and_takes_it_away(client):
    client.force_login(activated(make.user(is_admin=True)))
    person = activated(make.holder("approver"))
    here = f"/desk/people/{person.pk}/"
    assert f"{here}second-factor/" in client.get(here).text
    assert client.post(f"{here}second-factor/").status_code == 302
    assert not Authenticator.objects.filter(user=person).exists()
