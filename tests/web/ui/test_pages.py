from django.test import Client

from tests.html import flat

HTMX = {"HX-Request": "true"}


def test_a_page_is_whole_and_varies_by_htmx(client: Client):
    response = client.get("/parts/")
    assert b"<html" in response.content
    assert "HX-Request" in response["Vary"]


def test_htmx_gets_the_named_part_alone(client: Client):
    assert client.get("/parts/", headers=HTMX).content.strip() == b"<b>Whole</b>"


def test_going_back_in_history_gets_the_whole_page(client: Client):
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    assert b"<html" in client.get("/parts/", headers=headers).content


def test_the_title_stands_in_the_head_and_in_the_heading(client: Client):
    body = flat(client.get("/parts/").text)
    assert "<title>Whole · " in body
    assert "<h1>Whole</h1>" in body


def test_no_page_has_inline_script_or_style(client: Client):
    body = client.get("/parts/").content.decode()
    assert "style=" not in body
    assert "<style" not in body
    assert "<script>" not in body
    assert " onclick" not in body


def test_the_look_is_kept_in_a_cookie(client: Client):
    assert client.post("/look/", {"theme": "dark", "elder": "on", "next": "/parts/"})["Location"] == "/parts/"
    body = flat(client.get("/parts/").text)
    assert 'data-bs-theme="dark" data-elder' in body


def test_the_look_never_leads_to_another_site(client: Client):
    assert client.post("/look/", {"theme": "dark", "next": "https://elsewhere.example/"})["Location"] == "/"


def test_an_unknown_look_is_not_kept(client: Client):
    client.post("/look/", {"theme": "plaid"})
    assert "theme" not in client.cookies
