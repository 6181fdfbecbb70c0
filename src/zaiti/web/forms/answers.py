"""A form whose entries are data: one field for each, in the same dress as every other form."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti.applications.answered import in_words, with_sums
from zaiti.applications.answering import clean, head, most_letters, written_rows
from zaiti.core import Refused
from zaiti.programmes.packs.form import Entry
from zaiti.programmes.packs.form import Form as Shape
from zaiti.web.forms.fields import CHOOSE, Form, dress


class OfEntry(forms.Field):
    """Judges by the entry's own rules, in its own sentences."""

    entry: Entry

    def clean(self, value: Any) -> Any:
        """Give the answer in its one spelling."""
        try:
            return clean(self.entry, super().clean(value))
        except Refused as no:
            raise forms.ValidationError(no.message.removeprefix(f"“{self.entry.name}”："))


class Words(OfEntry, forms.CharField):
    """Text, and whatever is typed as text: figures, days."""


class Choice(OfEntry, forms.ChoiceField):
    """One of few."""


class Choices(OfEntry, forms.MultipleChoiceField):
    """Any of few."""


class Agreed(OfEntry, forms.BooleanField):
    """A statement to agree to."""


class Rows(OfEntry, forms.CharField):
    """A table, as the text that a spreadsheet copies: a line each, cells parted by tabs."""

    def prepare_value(self, value: Any) -> Any:
        """Show a stored table as text."""
        return written_rows(self.entry, value) if isinstance(value, list) else value


class Day(OfEntry, forms.DateField):
    """A day."""

    def to_python(self, value: Any) -> Any:
        """Leave the reading to the entry, which knows more spellings."""
        return value


class Figure(OfEntry, forms.IntegerField):
    """A figure, whole or not."""

    def to_python(self, value: Any) -> Any:
        """Leave the reading to the entry, which says better what is wrong."""
        return value


def field_of(entry: Entry) -> OfEntry:
    """The field for an entry."""
    made = MAKE[entry.kind](entry, {"label": entry.name, "required": False, "help_text": entry.help})
    made.entry = entry
    if entry.shown_if:
        made.widget.attrs |= {
            "data-asked-if": entry.shown_if.entry,
            "data-asked-among": json.dumps(entry.shown_if.among, ensure_ascii=False),
        }
    return made


def _words(entry: Entry, given: dict[str, Any]) -> OfEntry:
    return Words(**given, max_length=most_letters(entry))


def _lines(entry: Entry, given: dict[str, Any]) -> OfEntry:
    return Words(**given, max_length=most_letters(entry), widget=forms.Textarea({"rows": 6}))


def _figure(entry: Entry, given: dict[str, Any]) -> OfEntry:
    unit = entry.unit or ("元" if entry.kind == "money" else "")
    label = f"{entry.name}（{unit}）" if unit else entry.name
    return Figure(**given | {"label": label})


def _choice(entry: Entry, given: dict[str, Any]) -> OfEntry:
    return Choice(**given, choices=[("", CHOOSE), *((one, one) for one in entry.options)])


def _choices(entry: Entry, given: dict[str, Any]) -> OfEntry:
    boxes = forms.CheckboxSelectMultiple
    return Choices(**given, choices=[(one, one) for one in entry.options], widget=boxes)


def _rows(entry: Entry, given: dict[str, Any]) -> OfEntry:
    columns = [
        {
            "code": one.code,
            "name": head(one),
            "kind": one.kind,
            "options": one.options,
            "required": one.required,
        }
        for one in entry.columns
    ]
    attrs = {
        "rows": 5,
        "wrap": "off",
        "data-plain": "",
        "data-rows": json.dumps(columns, ensure_ascii=False),
        "data-add": _("Add a line"),
        "data-remove": _("Take this line out"),
        "data-line": _("line {n}"),
    }
    told = _("Cells copied from a spreadsheet can be pasted here.")
    help_text = f"{entry.help} {told}".strip()
    return Rows(**given | {"help_text": help_text}, widget=forms.Textarea(attrs))


MAKE: dict[str, Callable[[Entry, dict[str, Any]], OfEntry]] = {
    **dict.fromkeys(("text", "address", "phone", "person"), _words),
    "lines": _lines,
    **dict.fromkeys(("whole", "number", "money"), _figure),
    "day": lambda _entry, given: Day(**given),
    "choice": _choice,
    "choices": _choices,
    "agreed": lambda _entry, given: Agreed(**given),
    "rows": _rows,
}


@dataclass(frozen=True)
class Asked:
    """One entry on the page: its field, or what is worked out."""

    entry: Entry
    field: forms.BoundField | None
    sum: str
    note: str = ""  # what to do about an answer that a corrected form can't take as it is


@dataclass(frozen=True)
class Part:
    """A section of the form."""

    title: str
    note: str
    asked: list[Asked]


class AnswersForm(Form):
    """The entries of a form as they stand; every one may wait while it is being filled in."""

    shared = True

    def __init__(
        self,
        *args: Any,
        shape: Shape,
        said: dict[str, Any],
        only: set[str] | None,
        to_mend: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=said, **kwargs)
        self.shape, self.to_mend = shape, to_mend
        for entry in shape.entries:
            if entry.kind != "sum" and (only is None or entry.code in only):
                self.fields[entry.code] = field_of(entry)
        dress(self)

    def parts(self) -> list[Part]:
        """The entries under their headings."""
        made = [Part(one.title, one.note, list(self._asked(one.entries))) for one in self.shape.sections]
        return [part for part in made if any(one.field for one in part.asked)]

    def _asked(self, entries: tuple[Entry, ...]) -> Iterator[Asked]:
        sums = with_sums(self.shape, self.initial)
        for entry in entries:
            if entry.code in self.fields:
                yield Asked(entry, self[entry.code], "", self.to_mend.get(entry.code, ""))
            elif entry.kind == "sum" and entry.of in self.fields:
                yield Asked(entry, None, in_words(entry, sums[entry.code]))
