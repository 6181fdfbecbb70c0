"""Files that people send as evidence: PDF, JPEG or PNG, known by what they hold, not by their names."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from zaiti.core import Refused
from zaiti.files.kinds import JPEG, PDF, PNG, kind_of
from zaiti.files.models import StoredFile
from zaiti.files.store import UPLOADS, store

KINDS = (PDF, JPEG, PNG)
KIND_ENDS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
MOST_FILES, MOST_TOGETHER = 10, 100 * 2**20  # with one objection [D]


def check_all(files: "Sequence[File[Any]]") -> None:
    """Refuse more than one objection may bring."""
    if len(files) > MOST_FILES or sum(file.size for file in files) > MOST_TOGETHER:
        raise Refused(
            _("At most %(files)s files of %(size)s MB together can come with one objection.")
            % {"files": MOST_FILES, "size": MOST_TOGETHER >> 20}
        )


def keep(file: "File[Any]", *, spare: int = UPLOADS, shown: str = "") -> StoredFile:
    """Store one file of evidence, or refuse what is none of these kinds or too large.

    `shown` stands for its own name wherever it is listed: that one often says who sent it.
    """
    given, kind = check(file)
    name = f"{shown}.{KIND_ENDS[kind]}" if shown else given[-200:]
    return store(file, name=name, by=None, original_name=given[-200:], content_type=kind, spare=spare)


def check(file: "File[Any]") -> tuple[str, str]:
    """Give a file's name and kind, or refuse it."""
    name = (file.name or "").replace("\\", "/").rpartition("/")[2]
    return name, kind_of(name, file, KINDS, most_bytes=settings.UPLOAD_MAX_BYTES)
