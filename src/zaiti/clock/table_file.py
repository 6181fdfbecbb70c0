"""A year's holidays as an XLSX: each row a day (or days), “休” or “班”, and a name."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from zaiti.core import Refused

MOST_ROWS, MOST_COLUMNS = 400, 8
NAME = re.compile(r"(?!周|星期)[\u4e00-\u9fff、]{2,15}")
LONGEST = 6  # signs of a cell that says what kind of day it is
MOST_UNPACKED = 20_000_000  # bytes; such a table has a few thousand
DEED = re.compile(r"班|放假|休")


def sentences(file: IO[bytes]) -> Iterator[tuple[int, str]]:
    """Each row as a (line, sentence) that the notice could have."""
    try:
        rows = _rows(file)
    except Exception as broken:  # whatever the library stumbles over, the file is not what was asked for
        raise Refused(
            _("The file can't be read as XLSX; please save it anew, or paste the text.")
        ) from broken
    for number, row in enumerate(rows, 1):
        if said := _sentence([_text(cell) for cell in row if cell is not None]):
            yield number, said


def _rows(file: IO[bytes]) -> list[Sequence[Any]]:
    with zipfile.ZipFile(file) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise ValueError
    file.seek(0)
    book = load_workbook(file, read_only=True, data_only=True)
    return list(book.worksheets[0].iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True))


def _text(cell: object) -> str:
    if isinstance(cell, date | datetime):
        return f"{cell.year}年{cell.month}月{cell.day}日"
    return re.sub(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", r"\1年\2月\3日", str(cell).strip())


def _sentence(cells: list[str]) -> str:
    """“元旦：2027年1月1日放假”; a heading, which has no day, says nothing."""
    day = next((cell for cell in cells if re.search(r"\d日", cell)), "")
    if not day:
        return ""
    others = [cell for cell in cells if cell != day]
    deed = next((cell for cell in others if DEED.search(cell) and len(cell) <= LONGEST), "")
    name = next((cell for cell in others if NAME.fullmatch(cell) and not DEED.search(cell)), "")
    return f"{name or '节假日'}：{day}{'上班' if '班' in deed else '放假' if deed else ''}"
