"""Answers to a form: each in its one spelling, or refused in a sentence."""

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from zaiti.core import Refused
from zaiti.core.figures import figure
from zaiti.core.text import words
from zaiti.programmes.packs.form import Column, Entry
from zaiti.programmes.packs.plain_form import CALLED_BY

Value = Any  # what JSON holds: text, whole number, yes, list of texts, list of lines of a table

LETTERS = {"lines": 5000, "address": 200, "phone": 60, "person": 60}
LINE, ROWS = 200, 500
TOLD = 5  # faults of a table at once
LARGEST = Decimal(10) ** 12
CENTS = 2


def clean(entry: Entry, value: Value) -> Value:
    """Give an answer in its one spelling; nothing is None, or an empty text, list or table."""
    if value in (None, "") and entry.kind not in ("rows", "choices", "agreed"):
        return None if entry.kind in ("whole", "number", "money", "day") else ""
    try:
        return CLEAN[entry.kind](entry, value)
    except Refused as no:
        raise Refused(f"“{entry.name}”：{no.message}") from no


def most_letters(entry: Entry) -> int:
    """How long an answer may be: what the form says, within what is kept of it elsewhere."""
    most = entry.most_letters or LETTERS.get(entry.kind, LINE)
    kept = CALLED_BY.get(entry.code, LINE if entry.once else most)
    return min(most, kept)


def _text(entry: Entry | Column, value: Value) -> str:
    lines = entry.kind == "lines"
    given = words(str(value), lines=lines).strip()
    most = most_letters(entry) if isinstance(entry, Entry) else LINE
    if len(given) > most:
        sentence = _("The text has %(n)s characters; at most %(most)s are taken. Please shorten it.")
        raise Refused(sentence % {"n": len(given), "most": most})
    return given


def _whole(entry: Entry | Column, value: Value) -> int:
    number = _figure(value)
    if number != number.to_integral_value():
        raise Refused(_("Please give a whole number."))
    _within(entry, number)
    return int(number)


def _number(entry: Entry | Column, value: Value) -> str:
    number = _figure(value)
    if entry.kind == "money" and number != round(number, CENTS):
        raise Refused(_("An amount has at most two decimals."))
    _within(entry, number)
    return f"{number.normalize():f}"


def _figure(value: Value) -> Decimal:
    try:
        number = Decimal(figure(str(value)))
    except InvalidOperation:
        raise Refused(_("“%s” is no number.") % value)
    if not number.is_finite() or abs(number) >= LARGEST:
        raise Refused(_("“%s” is no number.") % value)
    return number


def _within(entry: Entry | Column, number: Decimal) -> None:
    least = entry.least if isinstance(entry, Entry) else Decimal(0)
    most = entry.most if isinstance(entry, Entry) else None
    if least is not None and number < least:
        raise Refused(_("It can't be less than %s.") % least)
    if most is not None and number > most:
        raise Refused(_("It can't be more than %s.") % most)


def _day(_entry: Entry | Column, value: Value) -> str:
    said = unicodedata.normalize("NFKC", str(value)).strip().split(" ")[0]
    for sign in "年月./":
        said = said.replace(sign, "-")
    try:
        year, month, day = (int(part) for part in said.rstrip("日").split("-"))
        return date(year, month, day).isoformat()
    except ValueError:
        raise Refused(_("“%s” is no day; please write it as 2025-07-04.") % value)


def _choice(entry: Entry | Column, value: Value) -> str:
    given = str(value).strip()
    if given not in entry.options:
        facts = {"said": given, "options": "、".join(entry.options)}
        raise Refused(_("“%(said)s” can't be chosen; please take one of: %(options)s.") % facts)
    return given


def _choices(entry: Entry, value: Value) -> list[str]:
    given = {_choice(entry, one) for one in value or ()}
    return [option for option in entry.options if option in given]


def _agreed(_entry: Entry, value: Value) -> bool:
    return value is True


def _rows(entry: Entry, value: Value) -> list[dict[str, Value]]:
    rows = read_rows(entry, value) if isinstance(value, str) else list(value or ())
    most = entry.most_rows or ROWS
    if len(rows) > most:
        told = {"n": len(rows), "most": most}
        raise Refused(_("The table has %(n)s lines; at most %(most)s are taken.") % told)
    wrong: list[str] = []
    made = [_line(entry, row, number, wrong) for number, row in enumerate(rows, 1)]
    if wrong:
        more = f" …（{len(wrong)}）" if len(wrong) > TOLD else ""
        raise Refused(" ".join(wrong[:TOLD]) + more)
    return made


def _line(entry: Entry, row: dict[str, Value], number: int, wrong: list[str]) -> dict[str, Value]:
    """One line of a table; what is wrong with its cells is told with the others."""
    made: dict[str, Value] = {}
    for column in entry.columns:
        try:
            made[column.code] = cell(column, row.get(column.code))
        except Refused as no:
            facts = {"n": number, "column": column.name, "why": no.message}
            wrong.append(_("Line %(n)s, “%(column)s”: %(why)s") % facts)
    return made


def cell(column: Column, value: Value) -> Value:
    """Give one cell of a table in its one spelling."""
    if value in (None, ""):
        if column.required:
            raise Refused(_("Please fill it in."))
        return None
    return CELL_CLEAN[column.kind](column, value)


def read_rows(entry: Entry, text: str) -> list[dict[str, str]]:
    """Read a table as a spreadsheet copies it: a line each, cells parted by tabs; a heading is left out."""
    lines = [line for line in text.split("\n") if line.strip()]
    cells = [[one.strip() for one in line.split("\t" if "\t" in line else "|")] for line in lines]
    names = [column.name for column in entry.columns]
    cells = [row for row in cells if row not in (names, [head(column) for column in entry.columns])]
    for number, row in enumerate(cells, 1):
        if len(row) > len(names) and any(row[len(names) :]):
            facts = {"n": number, "has": len(row), "columns": len(names), "names": "、".join(names)}
            raise Refused(
                _("Line %(n)s has %(has)s cells, the table has %(columns)s columns: %(names)s.") % facts
            )
    codes = [column.code for column in entry.columns]
    return [dict(zip(codes, row, strict=False)) for row in cells]


def head(column: Column) -> str:
    """A column's heading, with its unit."""
    return f"{column.name}（{column.unit}）" if column.unit else column.name


def written_rows(entry: Entry, rows: Value) -> str:
    """The same table as text, for a field that holds it."""
    return "\n".join(
        "\t".join("" if row.get(column.code) is None else str(row[column.code]) for column in entry.columns)
        for row in rows or ()
    )


CLEAN: dict[str, Callable[[Any, Value], Value]] = {
    **dict.fromkeys(("text", "lines", "address", "phone", "person"), _text),
    "whole": _whole,
    "number": _number,
    "money": _number,
    "day": _day,
    "choice": _choice,
    "choices": _choices,
    "agreed": _agreed,
    "rows": _rows,
}
CELL_CLEAN: dict[str, Callable[[Any, Value], Value]] = {
    kind: CLEAN[kind] for kind in ("text", "whole", "number", "money", "day", "choice")
}
