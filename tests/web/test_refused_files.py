"""Nothing uploaded is lost when a deed refuses a form whose entries are all in order."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from tests import make
from zaiti.core import Refused
from zaiti.files.models import Held
from zaiti.ledger.chain import record
from zaiti.limits import TooMany
from zaiti.urls import urlpatterns as of_the_house
from zaiti.web.forms.fields import Form
from zaiti.web.forms.kept import FilesField

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db(transaction=True)]
left: list[str] = []
taken: list[tuple[str, bytes]] = []


class Letter(Form):
    word = forms.CharField()
    scans = FilesField()


def deed(request: HttpRequest) -> HttpResponse:
    """Take a form with files, if what comes first in the script lets it."""
    form = Letter(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "ui/forms/form.html", form.get_context(), status=422)
    act(left.pop(0) if left else "done")
    taken.extend((file.name, file.read()) for file in form.cleaned_data["scans"])
    return redirect("/deed/")


def act(what: str) -> None:
    if what == "stands":
        record("greet", make.user(), by=None)
    if what in ("refused", "stands"):
        raise Refused("The posting is <over>.")
    if what == "too many":
        raise TooMany(30)
    if what == "clash":
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'met' USING ERRCODE = '40P01'; END $$")


urlpatterns = [path("deed/", deed), *of_the_house]
handler500 = "zaiti.web.http.errors.server_error"


def send(client, *script: str, **fields) -> HttpResponse:
    left[:], taken[:] = script, []
    file = {} if "scans-kept" in fields else {"scans": [SimpleUploadedFile("一.pdf", b"one")]}
    headers = {"Accept-Language": "en"} | fields.pop("headers", {})
    return client.post("/deed/", {"word": "typed"} | file | fields, headers=headers)


def tokens(answer: HttpResponse) -> list[str]:
    return re.findall(r'name="scans-kept"\s+value="([^"]+)"\s+checked', answer.text)


@pytest.mark.parametrize(
    ("script", "status", "sentence"),
    [
        (["refused"], 409, "The posting is &lt;over&gt;."),
        (["too many"], 429, "try again"),
        (["clash"] * 5, 503, "Others were changing the same things"),
    ],
)
def test_the_form_comes_again_with_the_sentence_and_the_files(client, script, status, sentence):
    answer = send(client, *script)
    assert (answer.status_code, sentence in answer.text, "typed" in answer.text) == (status, True, True)
    assert ("Retry-After" in answer) == (status != 409)
    again = send(client, "refused", **{"scans-kept": tokens(answer)})
    assert tokens(again) == tokens(answer)
    assert send(client, **{"scans-kept": tokens(again)}).status_code == 302
    assert taken == [("一.pdf", b"one")]


def test_in_a_page_that_stays_nothing_is_held(client):
    answer = send(client, "refused", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#refusal")
    assert not Held.objects.exists()


def test_what_half_stands_is_not_tried_again(client):
    answer = send(client, "stands")
    assert (answer.status_code, tokens(answer)) == (409, [])
