"""Where bytes lie on a disk of ours: whole under their name, or not there at all."""

import errno
import hashlib
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, NamedTuple

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.translation import gettext as _

from zaiti.core import Refused

CHUNK = 1 << 20
DRAFTS = "drafts"  # beside the files, so that a rename moves bytes into their place
FULL = (errno.ENOSPC, errno.EDQUOT)
MISSING, TORN = "missing", "torn"
log = logging.getLogger(__name__)


class Bytes(NamedTuple):
    """What a file must be: its hash and its size."""

    sha256: str
    size: int


class NoRoom(Refused):
    """The disk is full, or nearly so."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no room left for files on this site. Please tell the bureau, and try again later.")
        )


def measured(content: IO[bytes]) -> Bytes:
    """Read a file from its beginning and give what it is."""
    content.seek(0)
    sha256, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        sha256.update(chunk)
        size += len(chunk)
    return Bytes(sha256.hexdigest(), size)


def require_room(size: int, spare: int) -> None:
    """Refuse what would leave less than `spare` bytes free on the data folder's disk."""
    with full_refused():
        settings.INCOMING.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(settings.INCOMING).free - size < spare:
        log.error("No room on the disk: %s bytes refused", size)
        raise NoRoom


@contextmanager
def full_refused() -> Iterator[None]:
    """Turn a full disk into a sentence."""
    try:
        yield
    except OSError as failure:
        if failure.errno not in FULL:
            raise
        log.exception("No room on the disk")
        raise NoRoom from failure


def write_whole(place: Path, content: IO[bytes], wanted: Bytes, drafts: Path) -> None:
    """Write beside, force to the disk, compare, rename: a kill at any moment leaves all or nothing."""
    drafts.mkdir(parents=True, exist_ok=True)
    content.seek(0)
    with NamedTemporaryFile(dir=drafts, delete=False) as draft:
        try:
            shutil.copyfileobj(content, draft, CHUNK)
            draft.flush()
            os.fsync(draft.fileno())
            if measured(draft) != wanted:
                raise OSError(errno.EIO, "What was written is not what came")
            place.parent.mkdir(parents=True, exist_ok=True)
            Path(draft.name).replace(place)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def sync_folders(place: Path, top: Path) -> None:
    """Force the names that lead to a file to the disk."""
    for folder in place.parents:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        if folder == top:
            return


def clear_drafts(folder: Path, before: float) -> int:
    """Remove what a killed process was writing."""
    old = [draft for draft in folder.glob("*") if draft.is_file() and draft.stat().st_mtime < before]
    for draft in old:
        draft.unlink(missing_ok=True)
    return len(old)


class Disk(FileSystemStorage):
    """A folder of this machine."""

    def damage(self, name: str, wanted: Bytes) -> str:
        """Say what is wrong with a file: nothing, missing or torn."""
        try:
            with self.open(name) as content:
                return "" if measured(content) == wanted else TORN
        except FileNotFoundError:
            return MISSING
        except OSError as failure:
            log.error("%s can't be read: %s", name, failure)
            return TORN

    def keep(self, name: str, content: IO[bytes], wanted: Bytes, spare: int) -> None:
        """Put bytes in their place unless they lie there whole; torn ones are replaced."""
        top, place = Path(self.location), Path(self.path(name))
        if self.damage(name, wanted):
            require_room(wanted.size, spare)
            with full_refused():
                write_whole(place, content, wanted, top / DRAFTS)
        sync_folders(place, top)

    def sweep(self, before: float) -> int:
        """Remove drafts left behind."""
        return clear_drafts(Path(self.location) / DRAFTS, before)

    def names(self, before: float) -> Iterator[str]:
        """Name what was put away before a moment."""
        for place in Path(self.location).glob("??/??/*"):
            if place.stat().st_mtime < before:
                yield str(place.relative_to(self.location))
