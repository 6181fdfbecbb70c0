"""Compare every stored file with its row, in slices; clear away what nobody names."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.core import Refused
from zaiti.files.disk import Bytes, clear_drafts
from zaiti.files.models import Scrub, StoredFile
from zaiti.files.store import let_go

LOCK = 7_261_173  # any number: one scrub at a time
BATCH = 500
LEFT_BEHIND = timedelta(days=1)  # older than any upload still on its way


def current() -> tuple[Scrub, QuerySet[StoredFile]]:
    """Give the scrub that was not finished, or begin one; and what it has yet to compare."""
    run = Scrub.objects.filter(done_at=None).first() or Scrub.objects.create(started_at=clock.now())
    same = StoredFile.objects.filter(sha256=OuterRef("sha256"), size=OuterRef("size"), pk__lt=OuterRef("pk"))
    return run, StoredFile.objects.filter(~Exists(same), pk__gt=run.upto).order_by("pk")


def go_on() -> Iterator[StoredFile]:
    """Compare one file after another, noting how far it came; the last one ends the run."""
    with _one_at_a_time():
        run, left = current()
        for file in left.iterator(chunk_size=BATCH):
            _compare(file)
            Scrub.objects.filter(pk=run.pk).update(upto=file.pk, compared=F("compared") + 1)
            yield file
        Scrub.objects.filter(pk=run.pk).update(done_at=clock.now())


def damaged() -> QuerySet[StoredFile]:
    """List what was found missing or torn and not mended since."""
    return StoredFile.objects.exclude(damage="").order_by("pk")


def clear_away() -> int:
    """Remove drafts and uploads that broke off, and bytes that no row names."""
    before = time.time() - LEFT_BEHIND.total_seconds()
    drafts = default_storage.sweep(before) + clear_drafts(settings.INCOMING, before)  # type: ignore[attr-defined]  # ours
    names = default_storage.names(before)  # type: ignore[attr-defined]  # ours
    unnamed = sum(let_go(path) for some in _batches(names) for path in _unnamed(some))
    return int(drafts) + unnamed


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(names, BATCH)):
        yield some


def _unnamed(paths: list[str]) -> list[str]:
    """Of these bytes those that no row names."""
    hashes = {path.rpartition("/")[2]: path for path in paths}
    named = set(StoredFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    return [path for sha256, path in hashes.items() if sha256 not in named]


def _compare(file: StoredFile) -> None:
    wanted = Bytes(file.sha256, file.size)
    damage = default_storage.damage(str(file.content), wanted)  # type: ignore[attr-defined]  # ours
    same = StoredFile.objects.filter(sha256=file.sha256, size=file.size)
    same.exclude(damage=damage).update(damage=damage)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Refused(_("The files are being compared already."))
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
