"""Forms as spreadsheets: a table taken home and sent back; what many applications say, side by side."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zaiti.applications.answered import in_words
from zaiti.applications.answering import ROWS, head
from zaiti.applications.models import Application
from zaiti.core.sealed import masked
from zaiti.core.sheets import cell_text, read_sheet, write_book, write_sheet
from zaiti.programmes.models import FormVersion
from zaiti.programmes.packs.form import Column, Entry


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


def book_of(rows: QuerySet[Application], title: str) -> bytes:
    """What the forms of these applications say: a line each, and a sheet for each of their tables.

    Entries are those of every version of the form that was used; what rests sealed is masked.
    """
    entries = _entries(rows)
    told = [entry for entry in entries.values() if entry.kind != "rows"]
    tables = [entry for entry in entries.values() if entry.kind == "rows"]
    of = [_("Application number"), _("Unit")]
    heads = [
        of + [entry.name for entry in told],
        *(of + [head(one) for one in table.columns] for table in tables),
    ]
    titles = [title, *(entry.name for entry in tables)]
    return write_book(titles, chain(enumerate(heads), _lines(rows, told, tables)))


def _entries(rows: QuerySet[Application]) -> dict[str, Entry]:
    forms = FormVersion.objects.filter(pk__in=rows.order_by().values("answers__form")).order_by("-number")
    found: dict[str, Entry] = {}
    for form in forms:  # the newest names and orders them
        found |= {entry.code: entry for entry in form.entries if entry.code not in found}
    return found


def _lines(
    rows: QuerySet[Application], told: list[Entry], tables: list[Entry]
) -> Iterator[tuple[int, list[Any]]]:
    """Each application's line, and those of its tables, with the number of their sheet; never all at once."""
    for row in rows.select_related("organisation", "answers__form").iterator(chunk_size=200):
        of, said = [row.number, row.organisation.name], row.answers.said
        own = {entry.code: entry for entry in row.answers.shape.entries}
        yield 0, of + [_cell(own.get(entry.code, entry), said.get(entry.code)) for entry in told]
        for at, entry in enumerate(tables, 1):
            asked = own.get(entry.code)
            for line in said.get(entry.code) or () if asked and asked.kind == "rows" else ():
                yield at, of + [_figure(column, line.get(column.code)) for column in entry.columns]


def _cell(entry: Entry, value: Any) -> Any:
    if entry.sealed:
        return masked(value or "")
    return in_words(entry, value) if isinstance(value, list) else _figure(entry, value)


def _figure(one: Entry | Column, value: Any) -> Any:
    """Figures as figures, so that a spreadsheet can add them up."""
    try:
        return Decimal(value) if one.kind in ("number", "money") and value else value
    except InvalidOperation:  # answered as an earlier version asked for it
        return value
