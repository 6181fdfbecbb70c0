"""What a story is made of; every page shows these as they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from django.urls import reverse

from zaiti.clock import Due
from zaiti.papers.models import Paper

Say = Any  # a plain or a lazily translated string


@dataclass(frozen=True)
class Document:
    """A paper or file to open: its name, where it is, and how large (bytes, 0 when unknown)."""

    label: Say
    url: str
    size: int = 0
    kind: str = "PDF"
    note: Say = ""


@dataclass(frozen=True)
class Event:
    """One deed: when, what in plain words, by whom, and the papers it made."""

    at: datetime | date
    what: Say
    by: Say = ""
    note: Say = ""
    tone: str = ""
    papers: list[Document] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One step of a procedure, and the day it was done or what is to be said of it."""

    label: Say
    state: Literal["done", "now", "todo", "stopped"] = "todo"
    on: date | None = None
    said: Say = ""

    @property
    def note(self) -> Say:
        """What stands below the step in the bar."""
        return self.said or (self.on.isoformat() if self.on else "")


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


def document(paper: Paper) -> Document:
    """A paper as pages list it."""
    size = paper.pdf.size if paper.pdf else 0
    return Document(paper.title, reverse("ui:paper", args=[paper.pk]), size, note=paper.number)


def documents(*papers: Paper | None) -> list[Document]:
    """Those of the papers that are there."""
    return [document(paper) for paper in papers if paper]


def bar(
    labels: Sequence[Say],
    here: int,
    *,
    stopped: bool = False,
    days: Sequence[date | None] = (),
    said: Sequence[Say] = (),
) -> list[Step]:
    """Steps of which number `here` is under way; those before it are done, on their days."""
    now: Literal["stopped", "now"] = "stopped" if stopped else "now"
    return [
        Step(
            label,
            now if n == here else "done" if n < here else "todo",
            on=days[n] if days and n < here else None,
            said=said[n] if said else "",
        )
        for n, label in enumerate(labels)
    ]
