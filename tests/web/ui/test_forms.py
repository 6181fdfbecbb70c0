from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from zaiti.web.forms.fields import EmailField, Form
from zaiti.web.forms.kept import FilesField


class Sample(Form):
    name = forms.CharField(label="Name", help_text="As registered.")
    founded = forms.DateField(label="Founded")
    closes = forms.DateTimeField(label="Closes", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "---------"), ("base", "Base")], required=False)
    scans = FilesField(label="Scans", required=False)


def test_required_is_said_by_word_and_the_label_stands_above():
    body = str(Sample()["name"].as_field_group())
    assert "required</span>" in body
    assert body.index("<label") < body.index("<input") < body.index("As registered.")


def test_errors_stand_at_the_field_and_in_a_summary_with_links():
    body = str(Sample({"name": "", "founded": "2019-02-30"}))
    summary = body.split("data-summary")[1].split("</div>")[0]
    assert 'href="#id_name"' in summary
    assert 'href="#id_founded"' in summary
    assert 'id="id_name_error"' in body
    assert 'aria-invalid="true"' in body


def test_a_form_without_errors_has_no_summary():
    assert "data-summary" not in str(Sample())


@pytest.mark.parametrize("typed", ["2025-07-04", "2025/7/4"])
def test_a_day_is_shown_in_one_form_however_it_was_typed(typed: str):
    form = Sample({"name": "x", "founded": typed})
    with translation.override("zh-hans"):
        assert form.is_valid()
    assert form.cleaned_data["founded"] == date(2025, 7, 4)
    assert 'value="2025-07-04"' in str(Sample(initial={"founded": date(2025, 7, 4)})["founded"])


@pytest.mark.parametrize("typed", ["2025-07-04 18:00:00", "2025-07-04T18:00", "2025-07-04 18:00"])
def test_a_moment_may_be_typed_or_picked(typed: str):
    form = Sample({"name": "x", "founded": "2025-07-04", "closes": typed})
    assert form.is_valid()
    assert f"{form.cleaned_data['closes']:%Y-%m-%d %H:%M:%S}" == "2025-07-04 18:00:00"


def test_the_empty_choice_has_words():
    assert "---------" not in str(Sample()["kind"])
    assert "Please choose" in str(Sample()["kind"])


def test_several_files_come_as_a_list():
    files = [SimpleUploadedFile(f"{n}.pdf", b"%PDF") for n in "ab"]
    field = FilesField()
    assert [file.name for file in field.clean(files)] == ["a.pdf", "b.pdf"]
    with pytest.raises(forms.ValidationError):
        field.clean([])


@pytest.mark.parametrize("typed", ["li@example.com", "ｌｉ＠example。com", " li @example.com "])
def test_an_address_from_a_chinese_keyboard_is_an_address(typed: str):
    assert EmailField().clean(typed) == "li@example.com"


def test_what_is_no_address_is_still_none():
    with pytest.raises(forms.ValidationError):
        EmailField().clean("li@")
