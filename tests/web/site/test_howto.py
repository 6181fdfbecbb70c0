"""The instructions for applying: true to the pages they tell of, as a page and to keep."""

import pypdfium2
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import translation

from tests import make
from zaiti.web.site.howto.steps import BRACED, steps

pytestmark = pytest.mark.django_db
OF_THE_YEAR = {"portal", "item", "button"}


def test_each_button_it_names_is_one_that_pages_have():
    named = {name for step in steps() for line in step.lines for name in BRACED.findall(line)} - OF_THE_YEAR
    assert len(named) >= 8
    with translation.override("zh-hans"):
        assert [name for name in named if translation.gettext(name) == name] == []


def test_each_picture_is_there():
    pictures = [step.image for step in steps() if step.image]
    assert len(pictures) >= 9
    assert [one for one in pictures if not finders.find(one)] == []


def test_the_page_and_the_file_tell_every_step():
    make.cycle()
    shown = Client().get("/guide/system/").text
    kept = pypdfium2.PdfDocument(Client().get("/guide/system/pdf/").content)
    said = "".join(page.get_textpage().get_text_bounded() for page in kept)
    for step in steps():
        assert step.title in shown
        assert step.title in said
    assert "{" not in said
    pictures = sum(1 for page in kept for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
    assert pictures == len([step for step in steps() if step.image])


def test_before_a_year_there_is_none():
    assert Client().get("/guide/system/").status_code == 404
