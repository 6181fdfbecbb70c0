"""Nothing uploaded is lost when a form is refused for something else."""

import os
import re
from pathlib import Path

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from zaiti import clock
from zaiti.core import Refused
from zaiti.files import held
from zaiti.files.models import Held, StoredFile
from zaiti.web.forms.fields import Form
from zaiti.web.forms.kept import FileField, FilesField

ROOT = Path(__file__).parents[3]


def no_pictures(file):
    if file.name.endswith(".exe"):
        raise Refused("no programs, please")


def at_most_two(files):
    if len(files) > 2:
        raise Refused("two will do")


class Many(Form):
    word = forms.CharField()
    scans = FilesField(required=False, check=no_pictures, check_all=at_most_two)


class One(Form):
    word = forms.CharField()
    letter = FileField()


def upload(name, content=b"%PDF-1.4 x"):
    return SimpleUploadedFile(name, content, "application/pdf")


def sent(kind, word="", tokens=(), **files):
    """A form as a browser sends it, through a real request."""
    data = {"word": word} | {name: list(some) for name, some in files.items()}
    data |= {f"{name}-kept": list(tokens) for name in kind.base_fields if name != "word"}
    request = RequestFactory().post("/", data)
    return kind(request.POST, request.FILES)


def tokens(form):
    return re.findall(r'name="\w+-kept"\s+value="([^"]+)"\s+checked', str(form))


def test_files_of_a_refused_form_come_again_with_it_without_being_chosen_anew():
    form = sent(Many, scans=[upload("一.pdf", b"one"), upload("二.pdf", b"two")])
    assert not form.is_valid()
    assert "一.pdf" in str(form)
    again = sent(Many, "ok", tokens(form))
    assert again.is_valid()
    assert [(file.name, file.read()) for file in again.cleaned_data["scans"]] == [
        ("一.pdf", b"one"),
        ("二.pdf", b"two"),
    ]


def test_one_can_be_left_out_and_others_added():
    first, _second = tokens(sent(Many, scans=[upload("一.pdf"), upload("二.pdf", b"two")]))
    again = sent(Many, "", [first], scans=[upload("三.pdf", b"three")])
    assert len(tokens(again)) == 2
    last = sent(Many, "ok", tokens(again))
    assert last.is_valid()
    assert [file.name for file in last.cleaned_data["scans"]] == ["一.pdf", "三.pdf"]


def test_one_bad_file_does_not_cost_the_others():
    form = sent(Many, "ok", scans=[upload("一.pdf"), upload("坏.exe")])
    assert "no programs, please" in str(form.errors["scans"])
    assert [(row.file.original_name, row.file.name) for row in Held.objects.all()] == [("一.pdf", "待交文件")]
    assert sent(Many, "ok", tokens(form)).is_valid()


def test_all_together_are_judged_with_those_that_are_held():
    kept = tokens(sent(Many, scans=[upload("一.pdf"), upload("二.pdf", b"two")]))
    assert "two will do" in str(sent(Many, "ok", kept, scans=[upload("三.pdf", b"3")]).errors)


def test_another_single_file_replaces_the_one_that_is_held():
    form = sent(One, letter=[upload("旧.pdf")])
    again = sent(One, "ok", tokens(form))
    assert (again.is_valid(), again.cleaned_data["letter"].name) == (True, "旧.pdf")
    new = sent(One, "ok", tokens(form), letter=[upload("新.pdf", b"new")])
    assert (new.is_valid(), new.cleaned_data["letter"].name) == (True, "新.pdf")
    assert not sent(One, "ok").is_valid()


def test_what_is_held_belongs_to_nobody_has_a_long_token_and_is_gone_after_a_day():
    form = sent(Many, scans=[upload("一.pdf", b"evidence that nobody sends again")])
    assert not form.is_valid()
    row = Held.objects.get()
    assert (row.file.by, len(row.token)) == (None, 43)
    place = Path(row.file.content.path)
    with clock.at(clock.now() + held.KEPT):
        later = sent(Many, "ok", tokens(form))
        assert later.is_valid()
        assert later.cleaned_data["scans"] == []
        assert held.forget_old() == 1
    assert not place.exists()
    assert not StoredFile.objects.exists()


def test_a_good_form_holds_nothing():
    assert sent(Many, "ok", scans=[upload("一.pdf")]).is_valid()
    assert not Held.objects.exists()


def test_a_full_disk_is_said_at_the_field(settings):
    settings.DISK_KEEP_BYTES = 2**60
    assert "Not kept: There is no room" in str(
        sent(Many, scans=[upload("一.pdf", os.urandom(9))]).errors["scans"]
    )


def test_a_token_of_nobodys_finds_nothing():
    form = sent(Many, "ok", ["unknown", "\x00", "x" * 500])
    assert form.is_valid()
    assert form.cleaned_data["scans"] == []


def test_every_file_of_a_form_is_of_this_kind():
    """A plain FileField would lose what was uploaded when another field is refused."""
    pages = [
        page for page in (ROOT / "src/zaiti/web").rglob("*.py") if "forms.FileField(" in page.read_text()
    ]
    assert pages == []


def test_a_file_given_by_hand_counts_too():
    form = One({"word": "ok"}, MultiValueDict({"letter": [upload("a.pdf")]}))
    assert form.is_valid()
