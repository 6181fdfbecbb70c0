"""A table as a file: what the screen shows, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django_tables2 import Table

from zaiti import clock
from zaiti.core import text as words
from zaiti.core.sheets import plain, write_sheet
from zaiti.web.http.downloads import XLSX, download
from zaiti.web.lists.rows import exported_rows

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
BOM = "\ufeff"  # Excel reads a CSV as UTF-8 only with it


def export(table: Table, kind: str, *, title: str) -> HttpResponse:
    """Give all rows of a table, in the columns and the order shown, as csv or xlsx."""
    table.before_render(table.request)
    return as_file(exported_rows(table), kind, title=title)


def as_file(lines: Iterable[list[Any]], kind: str, *, title: str) -> HttpResponse:
    """Give lines as csv or xlsx."""
    title = words.one_line(title)
    name = f"{title}-{clock.today():%Y-%m-%d}.{kind}"
    body = _csv(lines) if kind == "csv" else write_sheet(lines, title)
    return download(body, name, TYPES[kind])


def _csv(lines: Iterable[list[Any]]) -> str:
    written = StringIO()
    written.write(BOM)
    csv.writer(written).writerows([plain(value) for value in line] for line in lines)
    return written.getvalue()
