"""Every stored file is compared with its row, in slices; what is damaged is said and can be mended."""

import os
import time
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections

from tests import make
from zaiti.files import scrubbing, tasks
from zaiti.files.models import Scrub, StoredFile
from zaiti.files.scrubbing import clear_away, damaged, go_on

NOW = 0


def place_of(row):
    return Path(default_storage.path(row.content.name))


def scrub():
    out = StringIO()
    call_command("scrub", stdout=out, stderr=StringIO())
    return out.getvalue()


def some():
    return [make.stored_file(f"file {n}".encode()) for n in range(4)]


def test_all_whole_ends_well():
    some()
    assert "Every file is as it came." in scrub()
    assert Scrub.objects.get().compared == 4


def test_what_is_missing_or_torn_is_listed_with_exit_code_1_and_mended_by_putting_it_back():
    gone, torn, longer, _whole = some()
    place_of(gone).unlink()
    place_of(torn).write_bytes(b"file")
    place_of(longer).write_bytes(b"file 2 and more")
    with pytest.raises(CommandError) as no:
        scrub()
    assert no.value.returncode == 1
    assert all(row.sha256 in str(no.value) for row in (gone, torn, longer))
    assert [row.damage for row in damaged()] == ["missing", "torn", "torn"]
    for n, row in enumerate((gone, torn, longer)):
        place_of(row).write_bytes(f"file {n}".encode())
    assert "Every file is as it came." in scrub()


def test_rows_of_the_same_bytes_are_damaged_together():
    one, two = make.stored_file(b"same"), make.stored_file(b"same")
    place_of(one).write_bytes(b"sam")
    list(go_on())
    assert list(damaged()) == [one, two]
    assert Scrub.objects.get().compared == 1


def test_a_scrub_that_broke_off_goes_on_where_it_was():
    rows = some()
    walk = go_on()
    assert [next(walk), next(walk)] == rows[:2]
    walk.close()
    assert Scrub.objects.get().done_at is None
    assert list(go_on()) == rows[2:]
    assert Scrub.objects.get().compared == 4


def test_the_nightly_job_takes_a_slice_at_a_time_and_rests_when_through(monkeypatch):
    some()
    monkeypatch.setattr(tasks, "SLICE", -tasks.SLICE)
    for compared in (1, 2, 3, 4, 4):
        tasks.scrub.func(timestamp=NOW)
        assert Scrub.objects.get().compared == compared
    assert Scrub.objects.get().done_at is not None


def test_what_broke_off_and_what_nobody_names_is_cleared_away_after_a_day():
    row, old = make.stored_file(b"named"), time.time() - 2 * 24 * 3600
    orphan = place_of(make.stored_file(b"orphan"))
    StoredFile.objects.exclude(pk=row.pk).delete()
    draft, upload = Path(default_storage.location) / "drafts/one", settings.INCOMING / "one"
    for left in (draft, upload):
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_bytes(b"half")
    clear_away()
    assert all(left.exists() for left in (draft, upload, orphan))  # still on their way, perhaps
    for left in (draft, upload, orphan, place_of(row)):
        os.utime(left, (old, old))
    clear_away()
    assert not any(left.exists() for left in (draft, upload, orphan))
    assert place_of(row).exists()


def test_two_do_not_scrub_at_once():
    some()
    walk = go_on()
    next(walk)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [scrubbing.LOCK])
            assert cursor.fetchone() == (False,)
    finally:
        other.close()
