"""What a case's story is made of; pages show these as they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from zaiti.clock import Due

Say = Any  # a plain or a lazily translated string


@dataclass(frozen=True)
class Document:
    """One paper of the case: its title, its address, its number."""

    label: str
    url: str
    size: int = 0
    kind: str = "PDF"
    note: str = ""


@dataclass
class Event:
    """One deed: when, what in plain words, by whom, and the papers it made."""

    at: datetime
    what: Say
    by: Say = ""
    note: str = ""
    tone: str = ""
    papers: list[Document] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One step of the procedure, and the day it was done."""

    label: Say
    state: Literal["done", "now", "todo", "stopped"]
    on: date | None = None

    @property
    def note(self) -> str:
        """The day as the steps bar shows it."""
        return self.on.isoformat() if self.on else ""


class Whereabouts(NamedTuple):
    """What comes next, who owes it, and until when."""

    what: Say
    owner: Say = ""
    until: Due | None = None


class Story(NamedTuple):
    """All a case page says of the case's way."""

    events: Sequence[Event]
    steps: Sequence[Step]
    whereabouts: Whereabouts | None
