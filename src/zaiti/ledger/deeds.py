"""Deeds as their rooms declare them, each in the room's `deeds.py`: its words, its tone, who learns of it."""

from dataclasses import dataclass
from typing import Any, Literal

from django.apps import apps
from django.utils.translation import gettext_lazy as _

Say = Any  # a plain or a lazily translated string
Reader = Literal["applicant", "expert", "district", "city"]

# Who reads of a deed in the story of a case; a thing's own page tells everything to whoever may open it.
NOBODY: frozenset[Reader] = frozenset()  # told already by another deed of the moment, or of no interest
DISTRICT: frozenset[Reader] = frozenset({"district"})
BUREAUS: frozenset[Reader] = DISTRICT | {"city"}
WITH_APPLICANT: frozenset[Reader] = BUREAUS | {"applicant"}
WITH_EXPERTS: frozenset[Reader] = BUREAUS | {"expert"}
ALL: frozenset[Reader] = WITH_APPLICANT | WITH_EXPERTS


@dataclass(frozen=True)
class Deed:
    """One verb: as it stands in the ledger, and how it is told."""

    verb: str
    words: Say
    tone: str = ""
    told: frozenset[Reader] = BUREAUS
    reason_told: bool = False  # to applicants and experts too
    unnamed: bool = False  # who did it is nobody's to know
    by_city: bool = False  # whom no official is named to reads the city bureau's name, not the district's


DEEDS: dict[str, dict[str, Deed]] = {}
# The facts that deeds are noted with, in words; what is not here stands as it was noted.
FACTS: dict[str, Say] = {
    "authority": _("bureau"),
    "days": _("working days"),
    "due": _("due"),
    "arrived": _("arrived at"),
    "files": _("files"),
    "number": _("number"),
    "reason": _("reason"),
    "reasons": _("reasons"),
    "source": _("before"),
    "target": _("after"),
    "text": _("text"),
    "version": _("version"),
    "year": _("year"),
}


def declare(kind: str, *deeds: Deed) -> None:
    """Say what is done to a kind of thing (`app.model`); each verb once, by the room that does it."""
    known = DEEDS.setdefault(kind, {})
    for one in deeds:
        if known.setdefault(one.verb, one) is not one:
            raise ValueError(f"{kind} has two deeds called {one.verb}")


def name_facts(**words: Say) -> None:
    """Give words to facts that a room's deeds are noted with."""
    for name, said in words.items():
        if FACTS.setdefault(name, said) is not said:
            raise ValueError(f"the fact {name} has other words already")


def find(kind: str, verb: str) -> Deed:
    """The deed; a verb of the ledger's past that no room declares any more stands for itself."""
    return DEEDS.get(kind, {}).get(verb) or Deed(verb, verb, told=DISTRICT)


def deed(kind: str, verb: str) -> Say:
    """Say a deed in words."""
    return find(kind, verb).words


def kind_name(kind: str) -> Say:
    """Say what kind of thing it was done to."""
    return apps.get_model(kind)._meta.verbose_name
