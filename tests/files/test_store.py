import errno
import hashlib
import os
import shutil
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage

from tests import make
from zaiti.files import disk
from zaiti.files.disk import NoRoom
from zaiti.files.models import StoredFile
from zaiti.files.store import ANYBODY, LETTERS, let_go, store


def place_of(row):
    return Path(default_storage.path(row.content.name))


def test_bytes_are_kept_by_their_hash_and_never_twice():
    one, two = make.stored_file(b"same bytes"), make.stored_file(b"same bytes", name="另一个.pdf")
    assert one.sha256 == hashlib.sha256(b"same bytes").hexdigest()
    assert one.content.name == two.content.name
    assert one.content.read() == b"same bytes"
    assert (one.size, one.sm3) == (10, "")


def test_sm3_is_kept_beside_when_it_is_asked_for(settings):
    settings.FILE_HASH = "sm3"
    assert make.stored_file(b"abc").sm3 == hashlib.new("sm3", b"abc").hexdigest()


@pytest.mark.parametrize("torn", [b"", b"these are the by", b"these are not bytes!"])
def test_a_torn_file_is_never_acknowledged_over_but_replaced(torn):
    first = make.stored_file(b"these are the bytes.")
    place_of(first).write_bytes(torn)
    StoredFile.objects.filter(pk=first.pk).update(damage="torn")
    again = make.stored_file(b"these are the bytes.")
    assert place_of(again).read_bytes() == b"these are the bytes."
    first.refresh_from_db()
    assert first.damage == ""


def test_nothing_but_whole_files_is_ever_at_the_final_path(monkeypatch):
    """The disk fills up in the middle: a sentence, no file, no draft, and what lay there stays."""
    content = os.urandom(3 * disk.CHUNK)
    path = Path(default_storage.location) / hashlib.sha256(content).hexdigest()
    drafts = Path(default_storage.location) / "drafts"
    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(NoRoom):
        store(BytesIO(content), name="大.pdf", by=None)
    assert not path.exists()
    assert not list(drafts.iterdir())
    assert not StoredFile.objects.exists()


def full(_handle):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_room_is_kept_free_and_what_anybody_sends_stops_first(settings, monkeypatch):
    settings.DISK_KEEP_BYTES = 1000
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=2000, total=10_000))
    with pytest.raises(NoRoom):
        store(BytesIO(os.urandom(20)), name="证据.pdf", by=None, spare=ANYBODY)
    store(BytesIO(os.urandom(20)), name="材料.pdf", by=None)
    with pytest.raises(NoRoom):
        store(BytesIO(os.urandom(1001)), name="材料.pdf", by=None)
    store(BytesIO(os.urandom(1001)), name="通知书.pdf", by=None, spare=LETTERS)


def test_bytes_are_let_go_only_when_no_row_names_them():
    one, two = make.stored_file(b"shared bytes"), make.stored_file(b"shared bytes")
    one.delete()
    assert not let_go(two.content.name)
    assert place_of(two).exists()
    two.delete()
    assert let_go(two.content.name)
    assert not place_of(two).exists()
