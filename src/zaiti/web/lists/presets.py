"""Filters that people use often."""

from dataclasses import dataclass

from zaiti.dossiers.story import Say


@dataclass(frozen=True)
class Preset:
    """A filter people use often, as one link above a list."""

    label: Say
    query: str
    count: int | None = None
