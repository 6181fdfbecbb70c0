import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from zaiti import clock
from zaiti.core.sheets import plain

URL = "/_ui/list/?name=春节&sort=-day"


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("text", ["=1+1", "+86", "-x", "@SUM(A1)", "\t=1", " =1", "＝1", "|calc"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str):
    assert str(plain(text)).startswith("'")


@pytest.mark.parametrize("value", ["示例公司", -3, Decimal("-1.50"), None, ""])
def test_plain_text_and_numbers_stay_as_they_are(value: object):
    assert plain(value) == value


def test_dates_have_one_form_in_shanghai_time():
    assert plain(date(2025, 7, 4)) == "2025-07-04"
    assert plain(datetime(2025, 7, 4, 16, 30, tzinfo=UTC)) == "2025-07-05 00:30"


def test_csv_holds_every_filtered_row_in_the_order_shown(client: Client):
    body = client.get(f"{URL}&export=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    days = [row[0] for row in rows[1:]]
    assert rows[0] == ["日期", "名称", "是否上班"]
    assert len(days) > 25
    assert days == sorted(days, reverse=True)
    assert {row[1] for row in rows[1:]} == {"春节"}


def test_only_the_columns_shown_are_exported(client: Client):
    body = client.get(f"{URL}&columns=name&export=csv").content.decode("utf-8-sig")
    assert body.splitlines()[0] == "日期,名称"


def test_xlsx_is_the_same_list_under_a_chinese_name(client: Client):
    response = client.get(f"{URL}&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["日期", "名称", "是否上班"]
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%8A%82")
    assert response["Content-Disposition"].endswith(f"-{clock.today()}.xlsx")
