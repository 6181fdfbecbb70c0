import pytest
from django.test import Client
from pytest_django.fixtures import Settings

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/refuse/", 409, "The window has closed."),
        ("/forbid/", 403, "no right to this page"),
        ("/garble/", 400, "could not be understood"),
        ("/nowhere/", 404, "nothing at this address"),
    ],
)
def test_each_no_is_a_page_with_a_sentence(client: Client, path: str, status: int, sentence: str):
    response = client.get(path)
    assert response.status_code == status
    assert sentence in response.content.decode()
    assert "<h1>" in response.content.decode()


def test_a_refused_post_leads_back_to_its_page(client: Client):
    body = client.post("/refuse/", headers={"referer": "http://testserver/desk/7/?tab=2"}).content.decode()
    assert 'href="/desk/7/?tab=2" data-back' in body


def test_a_refusal_never_leads_to_another_site(client: Client):
    body = client.post("/refuse/", headers={"referer": "https://elsewhere.example/"}).content.decode()
    assert "elsewhere.example" not in body


def test_htmx_gets_the_sentence_beside_the_action(client: Client):
    response = client.post("/refuse/", headers=HTMX)
    assert (response.status_code, response["HX-Retarget"], response["HX-Reswap"]) == (
        409,
        "#refusal",
        "innerHTML",
    )
    assert "The window has closed." in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_form_of_an_old_sign_in_is_explained():
    response = Client(enforce_csrf_checks=True).post("/echo/", {"text": "typed"})
    assert response.status_code == 403
    assert "Please send the form again" in response.content.decode()


def test_too_large_a_request_is_413(client: Client, settings: Settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post("/echo/", {"text": "x" * 200})
    assert response.status_code == 413
    assert "too large" in response.content.decode()


def test_too_many_fields_are_413_before_the_view_is_reached(settings: Settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    assert client.post("/echo/", {"a": "1", "b": "2", "c": "3"}).status_code == 413


def test_a_fault_of_ours_is_said_in_both_languages_with_a_number(client: Client):
    client.raise_request_exception = False
    body = client.get("/break/").content.decode()
    assert "系统出了差错" in body
    assert "Something went wrong on our side" in body
    assert "z-no-number" in body


def test_a_fault_beside_an_action_leaves_the_page_as_it_is(client: Client):
    client.raise_request_exception = False
    response = client.post("/break/", headers=HTMX)
    assert (response.status_code, response["HX-Retarget"]) == (500, "#refusal")
    assert "<html" not in response.content.decode()
