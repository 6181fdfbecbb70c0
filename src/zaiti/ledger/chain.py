"""Write to the chain and check it."""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from zaiti import clock
from zaiti.core.text import one_line, plain
from zaiti.ledger.models import GENESIS, Entry
from zaiti.ledger.turns import note_deed

if TYPE_CHECKING:
    from zaiti.accounts.models import User

THE_CLOCK = "clock"


@dataclass(frozen=True)
class Break:
    """The first entry that does not hold, and why."""

    entry: int
    reason: str


@transaction.atomic
def record(verb: str, thing: models.Model, *, by: "User | None", **facts: object) -> Entry:
    """Write one deed; `by=None` is the clock. The database seals it as the transaction's last act."""
    entry = Entry(
        at=clock.now(),
        by=by,
        actor=one_line(by) if by else THE_CLOCK,
        verb=verb,
        thing_type=thing._meta.label_lower,
        thing_id=thing.pk,
        thing_label=one_line(thing)[:200],
        facts=_plain(facts),
    )
    entry.previous = _sum(*_said(entry))
    entry.save(force_insert=True)
    note_deed()
    return entry


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
