"""A table as a file: what the screen shows, safe to open in a spreadsheet."""

import csv
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.encoding import force_str
from django_tables2 import Table

from zaiti import clock
from zaiti.core import text as words
from zaiti.core.sheets import write_sheet
from zaiti.web.http.downloads import XLSX, download
from zaiti.web.lists.rows import exported_rows

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
Rows = Iterable[list[str | int | float | Decimal | None]]
# What a spreadsheet may take for a formula (OWASP, CSV injection), full-width forms included.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠|%")
BOM = "\ufeff"  # Excel reads a CSV as UTF-8 only with it


def export(table: Table, kind: str, *, title: str) -> HttpResponse:
    """Give all rows of a table, in the columns and the order shown, as csv or xlsx."""
    rows = ([plain(value) for value in row] for row in exported_rows(table))
    title = words.one_line(title)
    name = f"{title}-{clock.today():%Y-%m-%d}.{kind}"
    body = _csv(rows) if kind == "csv" else write_sheet(rows, title)
    return download(body, name, TYPES[kind])


def _csv(rows: Rows) -> str:
    written = StringIO()
    written.write(BOM)
    csv.writer(written).writerows(rows)
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
