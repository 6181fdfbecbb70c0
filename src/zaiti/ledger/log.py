"""The public log: the tree over all sealed entries, its tiles, signed checkpoints, and proofs."""

import base64
from functools import cache

from django.db import models, transaction

from zaiti import clock
from zaiti.ledger import signing, tree
from zaiti.ledger.chain import is_public
from zaiti.ledger.models import Checkpoint, Entry, FullTile
from zaiti.ledger.statement import disclosing, statement
from zaiti.ledger.turns import take_turn
from zaiti.ledger.verify import leaf_hash

AT_ONCE = 64  # tiles


class Rewritten(Exception):  # noqa: N818 - a word of the house, like Refused
    """What the last checkpoint signed is no longer what the ledger holds."""


def latest() -> Checkpoint | None:
    """The last checkpoint, if there is one."""
    return Checkpoint.objects.order_by("-size").first()


def entries(begin: int, width: int) -> list[bytes]:
    """What the log holds of these entries: their digests."""
    rows = Entry.objects.filter(place__gt=begin, place__lte=begin + width).order_by("place")
    return [bytes(one) for one in rows.values_list("digest", flat=True)]


def entry_hashes(begin: int, width: int) -> list[bytes]:
    """The leaves of these entries."""
    return [leaf_hash(one) for one in entries(begin, width)]


def hashes(level: int, number: int, width: int) -> list[bytes]:
    """The hashes of a tile, or of as many as it had once."""
    begin = number * tree.WIDE
    if level == 0:
        return entry_hashes(begin, width)
    rows = FullTile.objects.filter(level=level - 1, number__gte=begin, number__lt=begin + width)
    return [bytes(one) for one in rows.order_by("number").values_list("root", flat=True)]


@transaction.atomic
def make_checkpoint() -> Checkpoint | None:
    """Sign how large the log is now, if it has grown; nothing is signed that the last one contradicts."""
    take_turn("ledger.checkpoint")
    last, size = latest(), _size()
    if size == (last.size if last else 0):
        return last
    signer = signing.own(may_make=last is None)
    if last is not None:
        _agree(last, size, signer.verifier())
    _fill(size)
    root = tree.peaks_of(size, hashes).root()
    made = {"root": root, "note": signer.checkpoint(size, root), "key": signer.verifier()}
    return Checkpoint.objects.create(size=size, made_at=clock.now(), **made)


def _size() -> int:
    return int(Entry.objects.aggregate(last=models.Max("place"))["last"] or 0)


def _agree(last: Checkpoint, size: int, key: str) -> None:
    """Stop unless the log only grew since its last checkpoint, and the key is the same."""
    if key != last.key:
        raise Rewritten("The log's key is not the one that signed its last checkpoint.")
    if size < last.size or tree.peaks_of(last.size, hashes).root() != bytes(last.root):
        raise Rewritten(f"The ledger no longer holds what its checkpoint of {last.size} entries signed.")


def _fill(size: int) -> None:
    """Keep the hash of each tile that became full."""
    level, full = 0, size // tree.WIDE
    while full:
        known = FullTile.objects.filter(level=level).aggregate(last=models.Max("number"))["last"]
        begin = 0 if known is None else known + 1
        for first in range(begin, full, AT_ONCE):
            FullTile.objects.bulk_create(_tiles(level, first, min(first + AT_ONCE, full)))
        level, full = level + 1, full // tree.WIDE


def _tiles(level: int, first: int, end: int) -> list[FullTile]:
    return [
        FullTile(level=level, number=number, root=tree.root_of(hashes(level, number, tree.WIDE)))
        for number in range(first, end)
    ]


def proof(place: int) -> str | None:
    """The proof that an entry stands in the log (c2sp.org/tlog-proof); none before it is signed."""
    last = latest()
    if last is None or place > last.size:
        return None
    path = tree.inclusion(place - 1, last.size, cache(hashes))
    lines = ["c2sp.org/tlog-proof@v1", f"index {place - 1}"]
    return "\n".join([*lines, *(base64.b64encode(step).decode() for step in path), "", last.note])


def receipt(entry: Entry) -> dict[str, object] | None:
    """An entry with its words and its proof, for who may read it; none before it is signed.

    Who of the public did it is nobody's to know, also where a name was once written.
    """
    found = proof(entry.place) if entry.place else None
    if found is None:
        return None
    told = disclosing(entry)
    if is_public(entry.thing_type, entry.verb):
        told = {name: word for name, word in told.items() if name not in ("actor", "by")}
    return {"statement": statement(entry), "disclosed": told, "proof": found}
