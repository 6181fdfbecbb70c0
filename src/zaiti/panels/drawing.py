"""The draw: pure, so that anyone can repeat it from the published record.

1. The pool is put in order and each expert gets a line: the place in the pool and a mark, which is the
   SHA-256 of a secret nonce, the expert's number, name and unit. The mark binds the line to one person and
   tells the public nothing of whom.
2. A seed of 256 random bits is taken from the system's secrets once the pool is fixed.
3. A line's key is SHA-256 of the seed, a line feed and the line: `printf '%s\\n%s' SEED LINE | sha256sum`.
4. The lines with the lowest keys are seated, lowest first.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

METHOD = "sha256-lowest/1"


@dataclass(frozen=True)
class Drawn:
    """One line that was drawn, and the key that put it there."""

    line: str
    key: str


def pool_line(place: int, *, expert: int, name: str, unit: str, nonce: str) -> str:
    """Write an expert's line of the pool."""
    mark = hashlib.sha256("|".join((nonce, str(expert), name, unit)).encode()).hexdigest()
    return f"{place:03d} {mark}"


def key(seed: str, line: str) -> str:
    """Give the number a line draws under this seed."""
    return hashlib.sha256(f"{seed}\n{line}".encode()).hexdigest()


def draw(pool: Sequence[str], seed: str, places: int) -> list[Drawn]:
    """Seat the lines with the lowest keys."""
    return sorted((Drawn(line, key(seed, line)) for line in pool), key=lambda one: one.key)[:places]
