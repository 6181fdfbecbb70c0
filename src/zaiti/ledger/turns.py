"""Who comes when two come at once: turns for what no row stands for, and another try after a clash."""

import random
import time
from collections.abc import Callable
from functools import wraps
from threading import local
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from psycopg import errors

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 3
CLASHES = (errors.DeadlockDetected, errors.SerializationFailure)


class _Told(local):
    deeds = 0


_told = _Told()


def take_turn(name: str) -> None:
    """Wait for one's turn, and keep it until the transaction ends; only before any row is held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def note_deed() -> None:
    """Count a deed once it stands: what led to it is not tried again."""

    def count() -> None:
        _told.deeds += 1

    transaction.on_commit(count)


def deeds_done() -> int:
    """How many deeds of this thread stand."""
    return _told.deeds


def is_clash(failure: BaseException) -> bool:
    """Tell whether PostgreSQL undid a transaction because it clashed with another: once more, it may pass."""
    return isinstance(failure, OperationalError) and isinstance(failure.__cause__, CLASHES)


def again(deed: Callable[P, R]) -> Callable[P, R]:
    """Try a deed three times more when it clashes, unless a part of it stands already."""

    @wraps(deed)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        before = deeds_done()
        for n in range(TRIES):
            try:
                return deed(*args, **kwargs)
            except OperationalError as clash:
                if not is_clash(clash) or deeds_done() != before or connection.in_atomic_block:
                    raise
                time.sleep(random.uniform(0, 0.1 * 2**n))  # noqa: S311 - so that two do not meet again
        return deed(*args, **kwargs)

    return tried
