"""What the owner of the database can do, triggers or none."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

TABLES = ("ledger_entry", "ledger_checkpoint", "ledger_fulltile")


@contextmanager
def as_owner() -> Iterator[Any]:
    """A cursor that no trigger hinders."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
