"""Put bytes away and get them back."""

import hashlib
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from zaiti import clock
from zaiti.files.models import StoredFile

if TYPE_CHECKING:
    from zaiti.accounts.models import User

CHUNK = 1 << 20


def store(
    content: IO[bytes],
    *,
    name: str,
    by: "User | None",
    original_name: str = "",
    content_type: str = "application/pdf",
) -> StoredFile:
    """Keep a file under its hash; bytes that are already kept are not written twice."""
    sha256, sm3, size = _digests(content)
    content.seek(0)
    path = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    if not default_storage.exists(path):
        path = default_storage.save(path, File(content))
    return StoredFile.objects.create(
        sha256=sha256,
        sm3=sm3,
        size=size,
        name=name,
        original_name=original_name,
        content_type=content_type,
        content=path,
        stored_at=clock.now(),
        by=by,
    )


def _digests(content: IO[bytes]) -> tuple[str, str, int]:
    content.seek(0)
    sha256, size = hashlib.sha256(), 0
    sm3 = hashlib.new("sm3") if settings.FILE_HASH == "sm3" else None
    while chunk := content.read(CHUNK):
        sha256.update(chunk)
        size += len(chunk)
        if sm3:
            sm3.update(chunk)
    return sha256.hexdigest(), sm3.hexdigest() if sm3 else "", size
