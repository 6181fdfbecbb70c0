"""A year's holidays as an XLSX: each row a day (or days), “休” or “班”, and a name."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO

from zaiti.core.sheets import read_sheet

MOST_ROWS, MOST_COLUMNS = 400, 8
NAME = re.compile(r"(?!周|星期)[\u4e00-\u9fff、]{2,15}")
LONGEST = 6  # signs of a cell that says what kind of day it is
DEED = re.compile(r"班|放假|休")


def sentences(file: IO[bytes]) -> Iterator[tuple[int, str]]:
    """Each row as a (line, sentence) that the notice could have."""
    rows = read_sheet(file, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    for number, row in enumerate(rows, 1):
        if said := _sentence([_text(cell) for cell in row if cell is not None]):
            yield number, said


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
