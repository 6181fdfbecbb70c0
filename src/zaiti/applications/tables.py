"""A table of the form as a spreadsheet: taken home to be filled in, and sent back."""

from typing import IO, Any

from zaiti.applications.answering import ROWS, head
from zaiti.core.sheets import cell_text, read_sheet, write_sheet
from zaiti.programmes.packs.form import Entry


def sheet_of(entry: Entry, rows: list[dict[str, Any]]) -> bytes:
    """The headings, and the lines that are there."""
    lines = [[row.get(column.code) for column in entry.columns] for row in rows]
    return write_sheet([[head(column) for column in entry.columns], *lines], entry.name)


def text_of(entry: Entry, file: IO[bytes]) -> str:
    """A sheet's lines as text, to be looked at before they are taken over."""
    most = (entry.most_rows or ROWS) + 2  # its heading, and one line too many, which is told
    rows = read_sheet(file, most_rows=most, most_columns=len(entry.columns) + 1)
    lines = ["\t".join(map(cell_text, row)).rstrip("\t") for row in rows]
    return "\n".join(line for line in lines if line.strip())
