"""Photos from a site visit: really images, and of a size that can be kept."""

from collections.abc import Sequence
from typing import IO, Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from zaiti.accounts.models import User
from zaiti.core import Refused
from zaiti.files.kinds import JPEG, PNG, WEBP, kind_of
from zaiti.files.models import StoredFile
from zaiti.files.store import store

Photo = tuple[str, IO[bytes]]  # its name, its bytes
MOST_PHOTOS = 12
MOST_BYTES = 10 * 2**20


def keep_photos(photos: Sequence[Photo], *, by: User) -> list[StoredFile]:
    """Check each photo and put it away."""
    check_number(photos)
    kinds = [_kind(name, content) for name, content in photos]
    return [
        store(content, name=f"实地考察照片{n}", by=by, original_name=name[:255], content_type=kind)
        for n, ((name, content), kind) in enumerate(zip(photos, kinds, strict=True), start=1)
    ]


def check_photo(photo: "File[Any]") -> None:
    """Refuse what is no photo."""
    _kind(photo.name or "", photo)


def check_number(photos: "Sequence[object]") -> None:
    """Refuse more than one visit may bring."""
    if len(photos) > MOST_PHOTOS:
        raise Refused(_("At most %s photos can be kept with one visit.") % MOST_PHOTOS)


def _kind(name: str, content: IO[bytes]) -> str:
    return kind_of(name, content, (JPEG, PNG, WEBP), most_bytes=MOST_BYTES)
