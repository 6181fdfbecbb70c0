"""Write to the chain and check it."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.core.sealed import mask_name, mask_private
from zaiti.core.text import one_line, plain
from zaiti.ledger.deeds import Say
from zaiti.ledger.models import GENESIS, Checkpoint, Entry
from zaiti.ledger.statement import RULE, digest, exact
from zaiti.ledger.tree import Peaks
from zaiti.ledger.trees import city_of
from zaiti.ledger.turns import note_deed
from zaiti.ledger.verify import leaf_hash

THE_CLOCK, THE_PUBLIC = "clock", "public"
WHO: dict[str, Say] = {
    THE_CLOCK: _("the system, by the clock"),
    THE_PUBLIC: _("a member of the public, not named"),
}


@dataclass(frozen=True)
class Break:
    """The first entry that does not hold, and why."""

    entry: int
    reason: str


@transaction.atomic(savepoint=False)
def record(verb: str, thing: models.Model, *, by: AbstractUser | None, **facts: object) -> Entry:
    """Write one deed; `by=None` is the clock. The database seals it as the transaction's last act.

    What a model leaves to the public is nobody's by name, whoever is signed in. Of people merely told of,
    names are masked where a model says they stand (`OF_PEOPLE`), numbers and mail addresses everywhere.
    """
    public = is_public(thing._meta.label_lower, verb)
    entry = Entry(
        pk=_next_number(),
        at=clock.now(),
        by_id=None if public or by is None else by.pk,
        actor=THE_PUBLIC if public else one_line(by) if by else THE_CLOCK,
        verb=verb,
        thing_type=thing._meta.label_lower,
        thing_id=thing.pk,
        thing_label=_label(thing),
        facts=_masked(_plain(facts), of_people(thing)),
        city_id=city_of(thing) or _city_of_doer(by),
    )
    entry.digest = digest(entry)
    entry.save(force_insert=True)
    note_deed()
    return entry


def _next_number() -> int:
    """The number of the entry to be written: it is part of what is hashed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id'))")
        return int(cursor.fetchone()[0])


def _city_of_doer(by: AbstractUser | None) -> int | None:
    """Of a thing that hangs on no bureau: the city of who did it, if there is but one."""
    cities: list[int] = by.city_ids() if by is not None else []  # type: ignore[attr-defined]  # accounts, above, adds it
    return cities[0] if len(cities) == 1 else None


def is_public(thing_type: str, verb: str) -> bool:
    """Tell whether the public does this deed, of whom no record names anybody."""
    return verb in getattr(apps.get_model(thing_type), "BY_THE_PUBLIC", ())


def public_deeds() -> models.Q:
    """The deeds of the public; those of the ledger's first years bear a name that nobody is to read."""
    kinds = [(model, getattr(model, "BY_THE_PUBLIC", ())) for model in apps.get_models()]
    named = [models.Q(thing_type=m._meta.label_lower, verb__in=verbs) for m, verbs in kinds if verbs]
    return models.Q(*named, _connector=models.Q.OR)


def doer(thing_type: str, verb: str, written: str) -> Say:
    """Say who a deed is told to be by."""
    who = THE_PUBLIC if is_public(thing_type, verb) else written
    return WHO.get(who, who)


def seal() -> None:
    """Seal now what this transaction wrote; from here on it holds the chain, so it must end soon."""
    if connection.in_atomic_block:
        pgtrigger.constraints(pgtrigger.Immediate, "ledger.Entry:seal")
        pgtrigger.constraints(pgtrigger.Deferred, "ledger.Entry:seal")


def holds(entry: Entry) -> bool:
    """Tell whether an entry says what was hashed, and its own hash holds."""
    return bytes(entry.digest) == digest(entry) and entry.hash in _sealed(entry)


def _sealed(entry: Entry) -> tuple[str, ...]:
    """The hash an entry must have; those of the first rule were made in two ways, and keep theirs."""
    if entry.rule == RULE:
        return (_sha256(entry.previous + bytes(entry.digest).hex()),)
    said = "\x1f".join(said_at_first(entry))
    return _sha256(entry.previous + _sha256(said)), _sha256(f"{entry.previous}\x1f{said}")


def first_break() -> Break | None:
    """Walk the whole chain and the log's checkpoints; give the first entry that does not hold, or nothing."""
    seal()
    walk, entry = Walk(), None
    for entry in Entry.objects.order_by(models.F("place").asc(nulls_last=True)).iterator(chunk_size=2000):
        if reason := walk.amiss(entry):
            return Break(entry.pk, reason)
    return Break(entry.pk if entry else 0, "missing") if walk.expected else None


class Walk:
    """Goes from entry to entry, and knows what the next must be."""

    def __init__(self) -> None:
        self.before, self.place, self.rule, self.tree = GENESIS, 0, 0, Peaks()
        self.signed = Checkpoint.objects.order_by("size").values_list("size", "root").iterator()
        self.expected = next(self.signed, None)

    def amiss(self, entry: Entry) -> str:
        """What is wrong with the next entry, if anything."""
        self.place += 1
        if entry.place != self.place or entry.rule < self.rule:
            return "place"
        if entry.previous != self.before:
            return "previous"
        if not holds(entry):
            return "hash"
        self.before, self.rule = str(entry.hash), entry.rule
        self.tree.add(leaf_hash(bytes(entry.digest)))
        return "" if self._as_signed() else "checkpoint"

    def _as_signed(self) -> bool:
        """Tell whether the tree is the one that was signed at this size, if one was."""
        if self.expected is None or self.expected[0] != self.place:
            return True
        root, self.expected = bytes(self.expected[1]), next(self.signed, None)
        return self.tree.root() == root


def said_at_first(entry: Entry) -> list[str]:
    """What an entry of the first rule says: joined, two of them could read the same."""
    return [
        str(int(entry.at.timestamp() * 1_000_000)),
        str(entry.by_id or 0),
        entry.actor,
        entry.verb,
        entry.thing_type,
        str(entry.thing_id),
        entry.thing_label,
        json.dumps(entry.facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
    ]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(facts: dict[str, object]) -> Any:
    return plain(exact(facts))


def of_people(thing: models.Model) -> frozenset[str]:
    """The columns of a thing that name somebody who has not done the deed."""
    columns: frozenset[str] = getattr(thing, "OF_PEOPLE", frozenset())
    return columns


def _label(thing: models.Model) -> str:
    """What a thing is called, without the names of its people."""
    label = one_line(thing)
    for name in filter(None, (getattr(thing, column) for column in of_people(thing))):
        label = label.replace(one_line(name), mask_name(one_line(name)))
    return mask_private(label)[:200]


def _masked(value: Any, names: frozenset[str]) -> Any:
    """Mask names by their columns, numbers and mail addresses wherever they stand in a fact's text."""
    if isinstance(value, dict):
        return {
            key: mask_name(inner) if key in names and isinstance(inner, str) else _masked(inner, names)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_masked(inner, names) for inner in value]
    return mask_private(value) if isinstance(value, str) else value
