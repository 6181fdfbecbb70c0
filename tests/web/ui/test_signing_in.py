from django.test import Client
from pytest_django.fixtures import Settings

from zaiti.accounts.models import User

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/inside/"}
PASSWORD = "a-long-sample-password"


def someone(**facts: object) -> User:
    return User.objects.create_user("someone", password=PASSWORD, name="张示例", **facts)


def test_a_stranger_is_sent_to_sign_in(client: Client):
    assert client.get("/inside/")["Location"] == "/accounts/login/?next=/inside/"


def test_after_a_session_ended_the_sign_in_page_says_why(client: Client):
    client.force_login(someone())
    client.get("/inside/")
    del client.cookies["sessionid"]
    answer = client.get("/inside/")
    assert answer["Location"] == "/accounts/login/?next=/inside/&timeout=1"
    assert "You were signed out" in client.get(answer["Location"]).content.decode()


def test_an_htmx_action_after_the_session_ended_says_so_beside_it(client: Client):
    client.force_login(someone())
    client.get("/inside/")
    del client.cookies["sessionid"]
    response = client.post("/inside/", headers=HTMX)
    assert (response.status_code, response["HX-Retarget"]) == (401, "#refusal")
    assert "Please sign in again" in response.content.decode()


def test_htmx_sends_a_stranger_as_a_whole_page(client: Client):
    response = client.get("/inside/", headers=HTMX)
    assert response.status_code == 204
    assert response["HX-Redirect"].startswith("/accounts/login/?next=")


def test_after_signing_out_by_hand_nothing_is_said_of_time(client: Client):
    client.force_login(someone())
    client.get("/inside/")
    client.post("/accounts/logout/")
    assert "timeout" not in client.get("/inside/")["Location"]


def test_the_demo_offers_its_accounts(client: Client, settings: Settings):
    someone(is_demo=True)
    assert "someone" not in client.get("/accounts/login/").content.decode()
    settings.DEMO = True
    assert 'data-fill="someone"' in client.get("/accounts/login/").content.decode()


def test_too_many_wrong_tries_are_refused_in_a_sentence(client: Client):
    someone()
    wrong = {"login": "someone", "password": "not-the-password"}
    pages = [client.post("/accounts/login/", wrong).content.decode() for _try in range(7)]
    assert "data-summary" in pages[0]
    assert "Please try again in 15 minutes." in pages[-1]
    assert client.post("/accounts/login/", {"login": "someone", "password": PASSWORD}).status_code != 302


def test_each_page_of_the_account_is_in_the_house_dress(client: Client):
    client.force_login(someone())
    for path in ("password/change/", "2fa/", "email/", "logout/"):
        body = client.get(f"/accounts/{path}").content.decode()
        assert "ui/zaiti.css" in body, path
        assert "<h1>" in body.replace("\n", ""), path
