"""Write to the chain and check it."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.core.sealed import mask_name, mask_private
from zaiti.core.text import one_line, plain
from zaiti.ledger.deeds import Say
from zaiti.ledger.models import GENESIS, Entry
from zaiti.ledger.trees import city_of
from zaiti.ledger.turns import note_deed

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


@transaction.atomic
def record(verb: str, thing: models.Model, *, by: AbstractUser | None, **facts: object) -> Entry:
    """Write one deed; `by=None` is the clock. The database seals it as the transaction's last act.

    What a model leaves to the public is nobody's by name, whoever is signed in. Of people merely told of,
    names are masked where a model says they stand (`OF_PEOPLE`), numbers and mail addresses everywhere.
    """
    public = is_public(thing._meta.label_lower, verb)
    entry = Entry(
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
    entry.previous = _sum(*_said(entry))
    entry.save(force_insert=True)
    note_deed()
    return entry


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
    """Tell whether an entry's own hash holds; those of the chain's first years were made another way."""
    sealed = hashlib.sha256((entry.previous + _sum(*_said(entry))).encode()).hexdigest()
    return entry.hash in (sealed, _sum(entry.previous, *_said(entry)))


def first_break() -> Break | None:
    """Walk the whole chain; give the first entry that does not hold, or nothing."""
    seal()
    previous: str | None = GENESIS
    for entry in Entry.objects.order_by(models.F("place").asc(nulls_last=True)).iterator(chunk_size=2000):
        if entry.previous != previous:
            return Break(entry.pk, "previous")
        if not holds(entry):
            return Break(entry.pk, "hash")
        previous = entry.hash
    return None


def _said(entry: Entry) -> list[str]:
    """What an entry says, in its canonical form."""
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


def _sum(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _plain(facts: dict[str, object]) -> Any:
    return plain(json.loads(json.dumps(facts, cls=DjangoJSONEncoder)))


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
