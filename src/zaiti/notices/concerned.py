"""Whom a published text concerns: the rooms above, which know, say so when they start."""

from collections.abc import Callable, Iterable

from zaiti.accounts.models import User
from zaiti.notices.models import Publication

Finder = Callable[[Publication], Iterable[User]]
FINDERS: list[Finder] = []


def concerned(finder: Finder) -> Finder:
    """Ask this one too."""
    FINDERS.append(finder)
    return finder


def everyone(text: Publication) -> list[User]:
    """All whom a change of this text concerns, each once."""
    found = {person.pk: person for finder in FINDERS for person in finder(text)}
    return [found[key] for key in sorted(found)]
