"""A data folder and a PostgreSQL of one's own, gone at the end: nothing of a live system is touched."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command

from zaiti.embedded import database_url, release


@contextmanager
def scratch() -> Iterator[None]:
    """Set up Django on an empty, migrated database in a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="zaiti-") as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(ZAITI_DATA=folder, ZAITI_SCRATCH="1", SECRET_KEY=secrets.token_urlsafe(48))
        try:
            database_url(Path(folder), throw_away=True)
            django.setup()
            call_command("migrate", interactive=False, verbosity=0)
            yield
        finally:
            release(Path(folder))
