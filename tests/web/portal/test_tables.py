"""Tables of the form: typed, pasted, taken home as a sheet and sent back."""

import re
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from zaiti.applications.models import Application
from zaiti.core.sheets import write_sheet

COLUMNS = [
    {"code": "name", "name": "姓名"},
    {"code": "level", "name": "等级", "kind": "choice", "options": ["高级工", "技师"]},
    {"code": "hours", "name": "课时", "kind": "whole", "unit": "课时", "required": False},
]
TABLE = {"kind": "rows", "name": "师资", "columns": COLUMNS, "required": False}
SUM = {"kind": "sum", "name": "课时合计", "of": "teachers", "column": "hours", "unit": "课时"}


@pytest.fixture
def opened():
    make.call()
    make.form(make.carrier_type(), teachers=TABLE, hours=SUM)
    application = make.application()
    client = Client()
    client.force_login(application.contact)
    return application, client, f"/my/applications/{application.pk}/"


def sheet(*rows):
    return SimpleUploadedFile("师资.xlsx", write_sheet(rows, "师资"))


def carried(page):
    return unescape(re.search(r'name="based_on" value="([^"]*)"', page)[1])


def kept():
    return Application.objects.get().answer("teachers")


def test_what_a_spreadsheet_copies_is_read_line_by_line(opened):
    _application, client, here = opened
    client.post(f"{here}save/", {"teachers": "姓名\t等级\t课时\n甲\t技师\t１２\n\n乙|高级工|"})
    assert kept() == [
        {"name": "甲", "level": "技师", "hours": 12},
        {"name": "乙", "level": "高级工", "hours": None},
    ]
    page = client.get(here).text
    assert "甲\t技师\t12" in page
    assert re.search(r"<output[^>]*>12 课时</output>", page)


def test_every_wrong_cell_is_named_and_nothing_typed_is_lost(opened):
    _application, client, here = opened
    answer = client.post(f"{here}save/", {"teachers": "甲\t院士\t12\n\t技师\t很多", "plan": "规划"})
    assert answer.status_code == 422
    for said in ("第1行“等级”", "第2行“姓名”", "第2行“课时”", "甲\t院士\t12"):
        assert said in answer.text
    assert (kept(), Application.objects.get().answer("plan")) == (None, "规划")


def test_a_sheet_goes_home_and_comes_back(opened):
    _application, client, here = opened
    client.post(f"{here}save/", {"teachers": "甲\t技师\t12"})
    taken = openpyxl.load_workbook(BytesIO(client.get(f"{here}tables/teachers.xlsx").content)).active
    rows = [[cell.value for cell in row] for row in taken]
    assert rows == [["姓名", "等级", "课时（课时）"], ["甲", "技师", 12]]
    answer = client.post(f"{here}tables/teachers/", {"file": sheet(*rows, ["乙", "高级工", 8.0])})
    assert answer.status_code == 200
    assert kept() == [{"name": "甲", "level": "技师", "hours": 12}]  # only looked at
    based = carried(answer.text)
    client.post(f"{here}save/", {"teachers": "甲\t技师\t12\n乙\t高级工\t8", "based_on": based})
    assert [row["name"] for row in kept()] == ["甲", "乙"]


def test_a_wrong_sheet_says_where_and_a_broken_file_says_so(opened):
    _application, client, here = opened
    answer = client.post(f"{here}tables/teachers/", {"file": sheet(["甲", "院士", 1])})
    assert answer.status_code == 422
    assert "第1行“等级”" in answer.text
    broken = client.post(f"{here}tables/teachers/", {"file": SimpleUploadedFile("a.xlsx", b"no sheet")})
    assert "XLSX" in broken.text
    assert client.post(f"{here}tables/teachers/", {}).status_code == 409


def test_a_column_too_many_is_told_and_a_table_has_its_most(opened):
    _application, client, here = opened
    answer = client.post(f"{here}save/", {"teachers": "甲\t技师\t1\t多余"})
    assert "第1行有4格" in answer.text
    answer = client.post(f"{here}save/", {"teachers": "\n".join(["甲\t技师\t1"] * 501)})
    assert "最多可填500行" in answer.text


def test_only_tables_of_ones_own_form_have_sheets(opened):
    _application, client, here = opened
    for address in (f"{here}tables/plan.xlsx", f"{here}tables/none.xlsx"):
        assert client.get(address).status_code == 404
    stranger = Client()
    stranger.force_login(make.applicant())
    assert stranger.get(f"{here}tables/teachers.xlsx").status_code == 404
