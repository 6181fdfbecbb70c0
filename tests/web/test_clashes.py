"""A request that clashed with another is tried again unseen, or answered with a sentence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests import make
from zaiti.core import Refused
from zaiti.ledger.chain import record
from zaiti.ledger.models import Entry
from zaiti.urls import urlpatterns as of_the_house

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db(transaction=True)]
left: list[str] = []


def deed(request: HttpRequest) -> HttpResponse:
    """Clash as often as it was told, then do as it was told."""
    what = left.pop(0) if left else "done"
    said = request.POST.get("text", "") + "".join(f.read().decode() for f in request.FILES.getlist("files"))
    with transaction.atomic(), connection.cursor() as cursor:
        person = make.user()
        record("greet", person, by=None)
        if what == "clash":
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'met' USING ERRCODE = '40P01'; END $$")
    if what == "clash after":
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'met' USING ERRCODE = '40P01'; END $$")
    if what == "refuse":
        raise Refused("Not open now.")
    return HttpResponse(said)


urlpatterns = [path("deed/", deed), *of_the_house]
handler500 = "zaiti.web.http.errors.server_error"


def send(client, *script: str) -> HttpResponse:
    left[:] = script
    client.raise_request_exception = False
    return client.post(
        "/deed/",
        {"text": "typed ", "files": [SimpleUploadedFile("a.txt", b"and sent")]},
        headers={"Accept-Language": "en"},
    )


def test_it_is_done_once_with_all_that_was_sent(client):
    answer = send(client, "clash", "clash")
    assert (answer.status_code, answer.text) == (200, "typed and sent")
    assert Entry.objects.count() == 1


def test_after_three_more_tries_a_sentence_says_so(client):
    answer = send(client, *["clash"] * 5)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Others were changing the same things" in answer.text
    assert not Entry.objects.exists()


def test_what_stands_in_part_is_not_done_twice(client):
    answer = send(client, "clash after")
    assert answer.status_code == 503
    assert Entry.objects.count() == 1


def test_a_refusal_at_the_second_try_is_answered_as_at_the_first(client):
    answer = send(client, "clash", "refuse")
    assert answer.status_code == 409
    assert "Not open now." in answer.text
