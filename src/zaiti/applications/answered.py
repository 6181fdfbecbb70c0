"""What a form says: which entries are asked, what is worked out, and each answer as readers see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from zaiti.applications.answering import Value, head
from zaiti.programmes.packs.form import Column, Entry, Form, Reader, Section

Values = Mapping[str, Value]


def is_empty(value: Value) -> bool:
    """Whether nothing is said."""
    return value is None or value is False or value == "" or value == []


def with_sums(form: Form, values: Values) -> dict[str, Value]:
    """The answers with what is worked out from them."""
    return dict(values) | {entry.code: _sum(entry, values) for entry in form.entries if entry.kind == "sum"}


def _sum(entry: Entry, values: Values) -> Value:
    rows = values.get(entry.of or "") or []
    if entry.column is None:
        return len(rows)
    total = sum((Decimal(str(row.get(entry.column) or 0)) for row in rows), Decimal(0))
    return int(total) if total == total.to_integral_value() else f"{total.normalize():f}"


def with_renewed(form: Form, renewed: Mapping[str, dict[str, Value]]) -> Form:
    """The form in which some entries, by code, are asked otherwise."""
    asked = {code: Entry.model_validate(facts) for code, facts in renewed.items()}
    parts = [
        part.model_copy(update={"entries": tuple(asked.get(one.code, one) for one in part.entries)})
        for part in form.sections
    ]
    return form.model_copy(update={"sections": tuple(parts)})


def is_asked(entry: Entry, values: Values) -> bool:
    """Whether the entry is asked, as the other answers stand."""
    if entry.shown_if is None:
        return True
    said = values.get(entry.shown_if.entry)
    given = said if isinstance(said, list) else [said]
    return any(option in given for option in entry.shown_if.among)


def in_words(entry: Entry | Column, value: Value) -> str:
    """Say an answer as people read it; a table by the number of its lines."""
    if value is None or value == "":
        return ""
    if entry.kind == "rows":
        return _("%(n)s lines") % {"n": len(value)}
    if entry.kind == "agreed":
        return "是" if value else ""
    if isinstance(value, list):
        return "、".join(value)
    if entry.kind == "money":
        return f"{Decimal(str(value)):,.2f} {entry.unit or '元'}"
    return f"{value} {entry.unit}" if entry.unit else str(value)


@dataclass(frozen=True)
class Said:
    """One answer, as every reader sees it: words, or a table."""

    entry: Entry
    value: Value

    @property
    def words(self) -> str:
        """What it says."""
        return in_words(self.entry, self.value)

    @property
    def heads(self) -> list[str]:
        """The headings of its table, if it is one and not empty."""
        return [head(one) for one in self.entry.columns] if self.entry.kind == "rows" and self.value else []

    @property
    def lines(self) -> list[list[str]]:
        """The lines of its table."""
        return [[words for _column, words in line] for line in self.cells]

    @property
    def cells(self) -> list[list[tuple[Column, str]]]:
        """The same, each cell with its column."""
        columns = self.entry.columns
        return [[(one, _cell_words(one, row.get(one.code))) for one in columns] for row in self.value or ()]


@dataclass(frozen=True)
class SaidPart:
    """A section of the form with what it says."""

    section: Section
    said: list[Said]


def answered(form: Form, values: Values, reader: Reader | None = None) -> list[SaidPart]:
    """What the form says, by its sections, as far as a reader may see it; without one, all that is asked."""
    parts = [SaidPart(section, _said(section, values, reader)) for section in form.sections]
    return [part for part in parts if part.said]


def _said(section: Section, values: Values, reader: Reader | None) -> list[Said]:
    return [Said(one, values.get(one.code)) for one in section.entries if _reads(one, values, reader)]


def _reads(entry: Entry, values: Values, reader: Reader | None) -> bool:
    return is_asked(entry, values) and (reader is None or reader in entry.read_by)


def _cell_words(column: Column, value: Value) -> str:
    if column.kind == "money" and value is not None:
        return f"{Decimal(str(value)):,.2f}"  # the unit stands in the heading
    return in_words(column.model_copy(update={"unit": ""}), value)
