"""What many applications say, as one spreadsheet."""

from io import BytesIO

import openpyxl
import pytest

from tests import make
from zaiti.applications.models import Application
from zaiti.applications.tables import book_of

TABLE = {
    "kind": "rows",
    "name": "师资",
    "columns": [
        {"code": "name", "name": "姓名"},
        {"code": "pay", "name": "课酬", "kind": "money", "unit": "元"},
    ],
    "required": False,
}


@pytest.fixture
def book():
    """Two applications of one type, the second on a corrected form with a table and a formula in a cell."""
    call = make.call()
    first = make.application("submitted", call, contact_phone="13800000000", trained_last_year=30)
    make.form(make.carrier_type(), teachers=TABLE)
    second = make.application("submitted", call)
    make.answer(second, teachers=[{"name": "=1+1", "pay": "12.5"}, {"name": "乙", "pay": "8"}])
    made = openpyxl.load_workbook(BytesIO(book_of(Application.objects.order_by("number"), "申报表/基地")))
    return made, first, second


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet]


def test_each_has_its_line_and_sealed_entries_are_masked(book):
    made, first, _second = book
    assert made.sheetnames == ["申报表 基地", "师资"]
    heads, *lines = rows(made["申报表 基地"])
    line = dict(zip(heads, next(one for one in lines if one[0] == first.number), strict=True))
    assert (line["联系人电话"], line["上年度培训人数"], len(lines)) == ("138****0000", 30, 2)


def test_tables_have_sheets_with_figures_and_without_formulas(book):
    made, _first, second = book
    heads, *lines = rows(made["师资"])
    assert heads[2:] == ["姓名", "课酬（元）"]
    assert lines == [
        [second.number, second.organisation.name, "'=1+1", 12.5],
        [second.number, second.organisation.name, "乙", 8],
    ]


def test_it_costs_as_much_for_many(book, django_assert_max_num_queries):
    for _n in range(5):
        make.application("submitted", Application.objects.first().call)
    with django_assert_max_num_queries(2):
        book_of(Application.objects.order_by("number"), "申报表")
