"""Forms, files, feeds and hosts: people's words do no harm on the way in or out."""

import io
import xml.etree.ElementTree as ET

import openpyxl
import pytest
from django.test import Client

from tests import make
from zaiti.accounts.models import Organisation
from zaiti.core.sheets import plain
from zaiti.notices.models import Publication
from zaiti.web.portal.units.forms import UnitForm

FIELDS = {"kind": "enterprise", "founded_on": "", "registered_address": "", "operating_address": ""}


def form(**given: str) -> UnitForm:
    return UnitForm(FIELDS | {"name": "示例协会", "legal_person": ""} | given, instance=make.organisation())


def test_a_control_character_is_refused_at_its_field():
    refused = form(name="示例\x0b协会")
    assert "control character" in str(refused.errors["name"])
    assert set(refused.errors) == {"name"}
    assert "one line" in str(form(legal_person="王\r\n某").errors["legal_person"])


def test_unseen_characters_and_tabs_are_put_right():
    put_right = form(name=" 示例\u200b\t协会\ufeff")
    assert put_right.is_valid()
    assert put_right.cleaned_data["name"] == "示例 协会"


@pytest.mark.parametrize("char", ["\x0b", "\x00", "\ufffe", "\u202e"])
def test_a_name_of_old_rows_leaves_every_export_whole(char: str):
    officer = make.to_screen()[1]
    Organisation.objects.update(name="示例一")
    if char != "\x00":  # which no column can hold
        Organisation.objects.update(name=f"示例{char}一")
    client = Client()
    client.force_login(officer)
    answer = client.get("/desk/screening/?stage=all&export=xlsx")
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active for cell in row]
    assert "示例一" in cells
    assert plain(f"={char}1") == "'=1"
    assert plain(f"{char}=1") == "'=1"


def test_the_feed_is_xml_whatever_a_title_holds(client: Client):
    Publication.objects.filter(pk=make.publication().pk).update(title="<a>\x0b&\ufffe", body="x\x0b<b>")
    assert "<a>&" in "".join(ET.fromstring(client.get("/feed/").content).itertext())


def test_another_host_is_told_so_in_a_sentence(client: Client):
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "不是本网站公布的网址" in answer.content.decode()
    assert "evil.example" not in answer.content.decode()
