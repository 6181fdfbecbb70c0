"""A table as a file: what the screen shows, safe to open in a spreadsheet."""

import csv
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.http import content_disposition_header
from django_tables2 import Table
from openpyxl import Workbook

from zaiti import clock
from zaiti.core import text as words
from zaiti.web.lists.rows import exported_rows

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Rows = Iterable[list[str | int | float | Decimal | None]]
# What a spreadsheet may take for a formula (OWASP, CSV injection), full-width forms included.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠|%")
BOM = "\ufeff"  # Excel reads a CSV as UTF-8 only with it
SHEET_NAME_MAX = 31
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def export(table: Table, kind: str, *, title: str) -> HttpResponse:
    """Give all rows of a table, in the columns and the order shown, as csv or xlsx."""
    rows = ([plain(value) for value in row] for row in exported_rows(table))
    title = words.one_line(title)
    name = f"{title}-{clock.today():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    body = _csv(rows) if kind == "csv" else _xlsx(rows, title)
    return HttpResponse(body, content_type=TYPES[kind], headers=headers)


def _csv(rows: Rows) -> str:
    written = StringIO()
    written.write(BOM)
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _xlsx(rows: Rows, title: str) -> bytes:
    """Row by row, which holds neither them nor their cells."""
    book, written = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet(title.translate(NOT_IN_SHEET_NAMES)[:SHEET_NAME_MAX])
    for row in rows:
        sheet.append(row)
    book.save(written)
    return written.getvalue()


def plain(value: Any) -> str | int | float | Decimal | None:
    """Turn a cell into what a spreadsheet may keep: numbers as numbers, dates in one form, no formulas."""
    if value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool)):
        return value
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%Y-%m-%d}"
    text = words.plain(force_str(value))
    return f"'{text}" if text.lstrip(" \u3000").startswith(FORMULA_STARTS) else text
