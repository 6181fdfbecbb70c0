"""The application form (申报表) of one type as data: sections, and in them the entries that are asked."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from zaiti.programmes.packs.parts import Block, Part
from zaiti.programmes.packs.values import Code, Positive, Text

Kind = Literal[
    "text",  # one line
    "lines",  # several lines
    "whole",  # a whole number
    "number",  # a number with decimals
    "money",  # yuan, two decimals
    "day",
    "choice",  # one of the options
    "choices",  # any of the options
    "address",
    "phone",
    "person",  # somebody's name
    "agreed",  # a statement to agree to
    "rows",  # a table: one line for each teacher, course, device
    "sum",  # worked out: a column of a table added up, or its lines counted
]
Reader = Literal["district", "city", "expert", "public"]
OFFICIALS: tuple[Reader, ...] = ("district", "city", "expert")


class Column(Part):
    """A column of a table."""

    code: Code
    name: Text
    kind: Literal["text", "whole", "number", "money", "day", "choice"] = "text"
    required: StrictBool = True
    unit: str = ""
    options: tuple[Text, ...] = ()


class Condition(Part):
    """An entry is asked only where another one says one of these."""

    entry: Code
    among: Annotated[tuple[Text, ...], Field(min_length=1)]


class Entry(Part):
    """One thing that is asked."""

    code: Code
    name: Text
    kind: Kind = "text"
    required: StrictBool = True
    help: str = ""
    unit: str = ""
    options: tuple[Text, ...] = ()
    columns: tuple[Column, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    most_letters: Positive | None = None
    most_rows: Positive | None = None
    of: Code | None = None  # a sum: the table it is made of
    column: Code | None = None  # and the column that is added up; without one the lines are counted
    shown_if: Condition | None = None
    read_by: tuple[Reader, ...] = OFFICIALS
    sealed: StrictBool = False  # rests encrypted, and is masked in what is handed in
    once: StrictBool = False  # what stands here may stand in one application of the type a year
    known_from: Literal["registered_address", "operating_address", "own_name", "own_phone"] | None = None


class Section(Part):
    """Entries that belong together, under one heading."""

    title: Text
    note: str = ""
    entries: Annotated[tuple[Entry, ...], Field(min_length=1)]


class Form(Block):
    """The whole form."""

    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in their order."""
        return tuple(entry for section in self.sections for entry in section.entries)
