"""Put bytes away and get them back."""

import hashlib
from typing import IO

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.files.storage import default_storage
from django.db import connection, transaction

from zaiti import clock
from zaiti.files.disk import CHUNK, Bytes
from zaiti.files.models import StoredFile

# Shares of the room kept free on the disk (ZAITI_DISK_KEEP_MB) that a file must leave: letters go on longest,
# what anybody can send without an account stops first [D].
LETTERS, UPLOADS, ANYBODY = 0, 1, 4
LOCKS = 7_261_172  # any number: these locks are ours alone


@transaction.atomic
def store(
    content: IO[bytes],
    *,
    name: str,
    by: AbstractUser | None,
    original_name: str = "",
    content_type: str = "application/pdf",
    spare: int = UPLOADS,
) -> StoredFile:
    """Keep a file under its hash; what lies there whole is not written twice, what is torn is replaced."""
    wanted, sm3 = _digests(content)
    _hold(wanted.sha256)
    path = f"{wanted.sha256[:2]}/{wanted.sha256[2:4]}/{wanted.sha256}"
    default_storage.keep(path, content, wanted, spare * settings.DISK_KEEP_BYTES)  # type: ignore[attr-defined]  # ours
    StoredFile.objects.filter(sha256=wanted.sha256).exclude(damage="").update(damage="")
    return StoredFile.objects.create(
        sha256=wanted.sha256,
        sm3=sm3,
        size=wanted.size,
        name=name,
        original_name=original_name,
        content_type=content_type,
        content=path,
        stored_at=clock.now(),
        by_id=by.pk if by else None,
    )


@transaction.atomic
def let_go(path: str) -> bool:
    """Delete bytes that no row names, unless somebody is storing the same just now."""
    sha256 = path.rpartition("/")[2]
    if not _alone(sha256) or StoredFile.objects.filter(sha256=sha256).exists():
        return False
    default_storage.delete(path)
    return True


def _hold(sha256: str) -> None:
    """Until the end of the transaction nobody deletes these bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCKS, _number(sha256)])


def _alone(sha256: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCKS, _number(sha256)])
        return bool(cursor.fetchone()[0])


def _number(sha256: str) -> int:
    return int(sha256[:7], 16)


def _digests(content: IO[bytes]) -> tuple[Bytes, str]:
    content.seek(0)
    sha256, size = hashlib.sha256(), 0
    sm3 = hashlib.new("sm3") if settings.FILE_HASH == "sm3" else None
    while chunk := content.read(CHUNK):
        sha256.update(chunk)
        size += len(chunk)
        if sm3:
            sm3.update(chunk)
    return Bytes(sha256.hexdigest(), size), sm3.hexdigest() if sm3 else ""
