"""A table as a file: what the screen shows, safe to open in a spreadsheet."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.http import content_disposition_header
from django_tables2 import Table
from tablib import Dataset

from zaiti import clock
from zaiti.core import text as words

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a spreadsheet may take for a formula (OWASP, CSV injection), full-width forms included.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠|%")
BOM = "\ufeff"  # Excel reads a CSV as UTF-8 only with it
SHEET_NAME_MAX = 31
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def export(table: Table, kind: str, *, title: str) -> HttpResponse:
    """Give all rows of a table, in the columns and the order shown, as csv or xlsx."""
    rows = [[plain(value) for value in row] for row in table.as_values()]
    title = words.one_line(title)
    sheet = Dataset(*rows[1:], headers=rows[0], title=title.translate(NOT_IN_SHEET_NAMES)[:SHEET_NAME_MAX])
    body = BOM + sheet.export("csv") if kind == "csv" else sheet.export("xlsx")
    name = f"{title}-{clock.today():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(body, content_type=TYPES[kind], headers=headers)


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
