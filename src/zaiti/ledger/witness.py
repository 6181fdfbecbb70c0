"""Follow a public log from outside: what it signed once must still stand, whatever its owner does.

Needs no database and no settings: the state of a witness is a file of its own, on a machine of its own.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from zaiti.ledger import verify
from zaiti.ledger.tree import WIDE, Peak, Peaks, spelled

Read = Callable[[str], bytes | None]  # what stands at an address below the log's; nothing if it is not there
ENTRY = 34  # octets of an entry in a bundle
MOST, WAIT_S = 2**20, 30


class Contradiction(Exception):  # noqa: N818 - what is reported, not an error of ours
    """The log contradicts itself, or what was seen before; with the checkpoint it signed meanwhile."""

    def __init__(self, message: str, note: str = "") -> None:
        super().__init__(message)
        self.note = note


@dataclass(frozen=True)
class Seen:
    """What a witness keeps of a log."""

    key: str
    origin: str
    size: int
    note: str
    peaks: list[Peak]

    @property
    def root(self) -> bytes:
        """The root it saw."""
        return Peaks(self.peaks).root()


def follow(read: Read, seen: Seen | None, key: str, *, all_entries: bool = True) -> Seen:
    """Read the log's checkpoint and its entries; give what to keep, or stop at a contradiction.

    All entries are read again, so that what is served of the past is compared too; or only the new ones.
    """
    note = (read("checkpoint") or b"").decode()
    if not note:
        raise Contradiction("The log is gone: it serves no checkpoint.")
    try:
        origin, size, root = verify.checkpoint(note, key)
        _compare(seen, key, origin, size, root)
        tree = _read_through(read, None if all_entries else seen, size, seen)
    except verify.Wrong as why:
        raise Contradiction(f"{str(why)[:1].upper()}{str(why)[1:]}.", note) from why
    if tree.root() != root:
        raise Contradiction("The entries served are not those that the checkpoint signs.", note)
    return Seen(key, origin, size, note, tree.peaks)


def _compare(seen: Seen | None, key: str, origin: str, size: int, root: bytes) -> None:
    """What can be told from two checkpoints alone."""
    if seen is None:
        return
    if (key, origin) != (seen.key, seen.origin):
        raise verify.Wrong(f"this is another log, {origin}; it was {seen.origin}, or its key changed")
    if size < seen.size:
        raise verify.Wrong(f"entries were deleted: there were {seen.size}, and now {size} are signed")
    if size == seen.size and root != seen.root:
        raise verify.Wrong(f"the log forked: two trees of {size} entries are signed")


def _read_through(read: Read, start: Seen | None, size: int, seen: Seen | None) -> Peaks:
    """The tree that the entries give; on the way it must be the one that was seen."""
    tree = Peaks(start.peaks if start else ())
    for leaf in _leaves(read, tree.size, size):
        if seen and tree.size == seen.size:
            _require_same(tree, seen)
        tree.add(leaf)
    if seen and tree.size == seen.size:
        _require_same(tree, seen)
    return tree


def _require_same(tree: Peaks, seen: Seen) -> None:
    if tree.root() != seen.root:
        raise verify.Wrong(f"the past was rewritten: the first {seen.size} entries are no longer those seen")


def _leaves(read: Read, begin: int, end: int) -> Iterator[bytes]:
    """The leaves of these entries, from the bundles they lie in."""
    for number in range(begin // WIDE, -(-end // WIDE)):
        first = number * WIDE
        width = min(WIDE, end - first)
        part = "" if width == WIDE else f".p/{width}"
        bundle = read(f"tile/entries/{spelled(number)}{part}") or b""
        if len(bundle) != width * ENTRY:
            raise verify.Wrong(f"entries are missing between {first + 1} and {first + width}")
        for at in range(max(begin - first, 0), width):
            yield verify.leaf_hash(bundle[at * ENTRY + 2 : (at + 1) * ENTRY])


def over_http(log: str) -> Read:
    """Read a log at its address."""
    if not log.startswith(("https://", "http://")):
        raise OSError(f"{log} is no address of a log: https://…/log")

    def read(path: str) -> bytes | None:
        asked = Request(f"{log.rstrip('/')}/{path}", headers={"User-Agent": "zaiti-witness"})  # noqa: S310 - http alone, as above
        try:
            with urlopen(asked, timeout=WAIT_S) as answer:  # noqa: S310 - http alone, as above
                return bytes(answer.read(MOST))
        except HTTPError as failure:
            if failure.code in (404, 410):
                return None
            raise

    return read


def kept(file: Path) -> Seen | None:
    """What was seen last, if this witness has seen anything."""
    if not file.exists():
        return None
    try:
        said = json.loads(file.read_text("utf-8"))
        peaks = [(int(height), bytes.fromhex(found)) for height, found in said.pop("peaks")]
        return Seen(**said, peaks=peaks)
    except (ValueError, TypeError, KeyError, AttributeError) as why:
        raise OSError(f"{file} is not what a witness keeps.") from why


def keep(file: Path, seen: Seen) -> None:
    """Keep what was seen, whole or not at all."""
    said = asdict(seen) | {"peaks": [(height, found.hex()) for height, found in seen.peaks]}
    beside = file.with_name(f"{file.name}.new")
    beside.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")
    beside.replace(file)


def witness(
    log: str, file: Path, key: str = "", *, all_entries: bool = True, read: Read | None = None
) -> Seen:
    """Look at a log once; keep what was seen, and at a contradiction the checkpoint that proves it."""
    read, seen = read or over_http(log), kept(file)
    trusted = key or (seen.key if seen else (read("key") or b"").decode().strip())
    if not trusted:
        raise OSError(f"{log} has no log yet: it serves no key.")
    try:
        found = follow(read, seen, trusted, all_entries=all_entries)
    except Contradiction as told:
        if told.note:
            file.with_name(f"{file.name}.evidence").write_text(told.note, "utf-8")
        raise
    keep(file, found)
    return found
