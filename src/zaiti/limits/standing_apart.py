"""Statements that stand even if the transaction around them is undone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.utils import CursorWrapper


@contextmanager
def cursor() -> Iterator[CursorWrapper]:
    """Give a cursor whose statements commit at once: the connection's, or in a transaction one of its own."""
    usual = connections["default"]
    if not _in_transaction():
        with usual.cursor() as at_hand:
            yield at_hand
        return
    own = usual.copy()
    try:
        with own.cursor() as apart:
            yield apart
    finally:
        own.close()


def _in_transaction() -> bool:
    """A test's own frame is none: what stands apart from it would never be undone."""
    blocks = connections["default"].atomic_blocks
    return bool(blocks) and not blocks[0]._from_testcase  # type: ignore[attr-defined]  # Django's own mark
