"""Spreadsheets that people send and take: read without trust, written without formulas."""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from zaiti.core import Refused
from zaiti.core import text as words

MOST_UNPACKED = 20_000_000  # bytes; a table of a few thousand lines has fewer
SHEET_NAME_MAX = 31
# What a spreadsheet may take for a formula (OWASP, CSV injection), full-width forms included.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠|%")
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def read_sheet(file: IO[bytes], *, most_rows: int, most_columns: int) -> list[Sequence[Any]]:
    """The rows of an XLSX's first sheet."""
    try:
        return _rows(file, most_rows, most_columns)
    except Exception as broken:  # whatever the library stumbles over, the file is not what was asked for
        raise Refused(
            _("The file can't be read as XLSX; please save it anew, or paste the text.")
        ) from broken


def _rows(file: IO[bytes], most_rows: int, most_columns: int) -> list[Sequence[Any]]:
    with zipfile.ZipFile(file) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise ValueError
    file.seek(0)
    sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
    return list(sheet.iter_rows(max_row=most_rows, max_col=most_columns, values_only=True))


def cell_text(cell: object) -> str:
    """A cell as somebody would type it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = " ".join(str(cell).split())
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def write_sheet(rows: Iterable[Sequence[Any]], title: str) -> bytes:
    """A file of one sheet."""
    return write_book([title], ((0, row) for row in rows))


def write_book(titles: Sequence[str], lines: Iterable[tuple[int, Sequence[Any]]]) -> bytes:
    """Row by row, each to the sheet of its number, which holds neither them nor their cells."""
    book, written = Workbook(write_only=True), BytesIO()
    sheets = [book.create_sheet(name) for name in _sheet_names(titles)]
    for at, row in lines:
        sheets[at].append([plain(cell) for cell in row])
    book.save(written)
    return written.getvalue()


def _sheet_names(titles: Sequence[str]) -> list[str]:
    """What a spreadsheet takes for names; those that are alike are numbered."""
    found: list[str] = []
    for title in titles:
        name = title.translate(NOT_IN_SHEET_NAMES)[:SHEET_NAME_MAX]
        found.append(name if name not in found else f"{name[: SHEET_NAME_MAX - 4]}（{len(found)}）")
    return found


def plain(value: Any) -> str | int | float | Decimal | None:
    """Turn a cell into what a spreadsheet may keep: numbers as numbers, dates in one form, no formulas."""
    if value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool)):
        return value
    if isinstance(value, datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    text = words.plain(force_str(value))
    return f"'{text}" if text.lstrip(" \u3000").startswith(FORMULA_STARTS) else text
