"""Spreadsheets that people send and take: read without trust, written without formulas."""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from zaiti.core import Refused

MOST_UNPACKED = 20_000_000  # bytes; a table of a few thousand lines has fewer
SHEET_NAME_MAX = 31
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
    return " ".join(str(cell).split())


def write_sheet(rows: Iterable[Sequence[Any]], title: str) -> bytes:
    """Row by row, which holds neither them nor their cells."""
    book, written = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet(title.translate(NOT_IN_SHEET_NAMES)[:SHEET_NAME_MAX])
    for row in rows:
        sheet.append(row)
    book.save(written)
    return written.getvalue()
