import pytest

from tests import make
from tests.web.portal.helpers import browser

PAGES = ["/my/", "/my/calls/", "/my/organisation/", "/my/members/"]


@pytest.mark.parametrize("address", PAGES)
def test_members_of_a_unit_come_in(address):
    assert browser(make.applicant()).get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_who_has_no_unit_yet_is_led_to_register_one(address):
    answer = browser(make.user()).get(address)
    assert (answer.status_code, answer.url) == (302, "/my/register/")


@pytest.mark.parametrize("address", [*PAGES, "/my/register/"])
def test_officials_are_turned_away(address):
    assert browser(make.holder("officer")).get(address).status_code == 403


@pytest.mark.parametrize("address", [*PAGES, "/my/register/", "/my/inbox/"])
def test_strangers_are_sent_to_sign_in(address):
    assert browser().get(address).status_code == 302


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "accepted"])
def test_an_application_of_another_unit_is_not_there(state):
    application = make.application(state)
    other = browser(make.applicant())
    for way in ("", "receipt/", "owing/"):
        assert other.get(f"/my/applications/{application.pk}/{way}").status_code == 404
    slot = application.carrier_type.materials.first().pk
    for way in (
        "save",
        "submit",
        "withdraw",
        "reopen",
        "answer",
        "drop",
        "drop/place",
        f"slots/{slot}",
        f"slots/{slot}/remove",
    ):
        assert other.post(f"/my/applications/{application.pk}/{way}/").status_code == 404
