"""Write to the chain and check it."""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from zaiti import clock
from zaiti.core.text import one_line, plain
from zaiti.ledger.models import Entry

if TYPE_CHECKING:
    from zaiti.accounts.models import User

GENESIS = "0" * 64
CHAIN_LOCK = 7_031_964
THE_CLOCK = "clock"


@dataclass(frozen=True)
class Break:
    """The first entry that does not hold, and why."""

    entry: int
    reason: str


@transaction.atomic
def record(verb: str, thing: models.Model, *, by: "User | None", **facts: object) -> Entry:
    """Write one deed; `by=None` is the clock. Writers queue on one lock, so the chain has no fork."""
    queue()
    last = Entry.objects.order_by("-id").values_list("hash", flat=True).first()
    entry = Entry(
        at=clock.now(),
        by=by,
        actor=one_line(by) if by else THE_CLOCK,
        verb=verb,
        thing_type=thing._meta.label_lower,
        thing_id=thing.pk,
        thing_label=one_line(thing)[:200],
        facts=_plain(facts),
        previous=last or GENESIS,
    )
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    return entry


def queue() -> None:
    """Wait for one's turn to write, and keep it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def digest(entry: Entry) -> str:
    """SHA-256 over the entry's canonical text and the hash before it."""
    parts = [
        entry.previous,
        str(int(entry.at.timestamp() * 1_000_000)),
        str(entry.by_id or 0),
        entry.actor,
        entry.verb,
        entry.thing_type,
        str(entry.thing_id),
        entry.thing_label,
        json.dumps(entry.facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
    ]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def first_break() -> Break | None:
    """Walk the whole chain; give the first entry that does not hold, or nothing."""
    previous = GENESIS
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.previous != previous:
            return Break(entry.pk, "previous")
        if digest(entry) != entry.hash:
            return Break(entry.pk, "hash")
        previous = entry.hash
    return None


def _plain(facts: dict[str, object]) -> Any:
    return plain(json.loads(json.dumps(facts, cls=DjangoJSONEncoder)))
