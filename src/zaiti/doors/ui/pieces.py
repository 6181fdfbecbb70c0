"""What the shared components are given; anything with the same attributes will do as well."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Say = Any  # a plain or a lazily translated string


@dataclass(frozen=True)
class Step:
    """One step of a procedure in the steps bar."""

    label: Say
    state: Literal["done", "now", "todo", "stopped"] = "todo"
    note: Say = ""


@dataclass(frozen=True)
class Paper:
    """A paper or file to open: its name, where it is, and how large (bytes, 0 when unknown)."""

    label: Say
    url: str
    size: int = 0
    kind: str = "PDF"
    note: Say = ""


@dataclass(frozen=True)
class Event:
    """One thing that happened, for the timeline."""

    at: datetime | date
    what: Say
    by: Say = ""
    note: Say = ""
    tone: str = ""
    papers: Sequence[Paper] = field(default_factory=tuple)


@dataclass(frozen=True)
class Preset:
    """A filter people use often, as one link above a list."""

    label: Say
    query: str
    count: int | None = None


@dataclass(frozen=True)
class DemoAccount:
    """An account that the demo's sign-in page offers."""

    name: str
    username: str
    role: str
