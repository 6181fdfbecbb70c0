"""Kinds of papers as their rooms declare them, each in the room's `papers.py`."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

Say = Any  # a plain or a lazily translated string


@dataclass(frozen=True)
class Kind:
    """One letter or record: as it stands in the store, in lists, in its number and in the case's story."""

    code: str
    name: Say
    word: str
    template: str
    title: str = ""  # in braces what it is about; without one, what it is issued for has its own
    made_by: frozenset[tuple[str, str]] = frozenset()
    for_city: bool = True


LETTER = "函"  # all letters of a bureau share one series, as the city notice's does [N1]
KINDS: dict[str, Kind] = {}  # by template: two rooms may give one kind, and its series, each its own text


def add(
    room: str,
    code: str,
    name: Say,
    *,
    word: str,
    title: str = "",
    made_by: Collection[tuple[str, str]] = (),
    for_city: bool = True,
) -> Kind:
    """Declare a paper laid out in `room/papers/code.typ`; `word` ends the 机关代字 of its number.

    `made_by` are the deeds (kind of thing, verb) beside which the story of a case shows it.
    """
    template = "/".join((room, "papers", f"{code}.typ"))
    kind = Kind(code, name, word, template, title, frozenset(made_by), for_city)
    for other in KINDS.values():
        if (other.code == code) != (other.word == word) and {other.word, word} != {LETTER}:
            raise ValueError(f"{template} and {other.template} would share numbers")
    if KINDS.setdefault(template, kind) is not kind:
        raise ValueError(f"{template} is declared twice")
    return kind


def choices() -> list[tuple[str, Say]]:
    """Every kind with its name."""
    return list({kind.code: kind.name for kind in KINDS.values()}.items())


def below_city() -> set[str]:
    """The kinds that the city does not read."""
    return {kind.code for kind in KINDS.values() if not kind.for_city}


def makers(code: str) -> set[tuple[str, str]]:
    """The deeds that make a paper of a kind."""
    return {deed for kind in KINDS.values() if kind.code == code for deed in kind.made_by}
