"""What lists and the sign-in page are given; what a story is made of is in `dossiers.pieces`."""

from dataclasses import dataclass

from zaiti.dossiers.story import Say


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
