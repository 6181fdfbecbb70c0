"""Files that come with an objection: PDF, JPEG or PNG, known by their first bytes, not by their names."""

from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from zaiti.core import Refused
from zaiti.files.models import StoredFile
from zaiti.files.store import store

KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def keep(file: "File[Any]") -> StoredFile:
    """Store one file of evidence, or refuse what is none of these kinds or too large."""
    name = (file.name or "").replace("\\", "/").rpartition("/")[2]
    if file.size > settings.UPLOAD_MAX_BYTES:
        raise Refused(_("%(name)s is larger than this site takes.") % {"name": name})
    file.seek(0)
    head = file.read(8)
    kind = next((kind for start, kind in KINDS.items() if head.startswith(start)), None)
    if kind is None:
        raise Refused(
            _("%(name)s is not a PDF, JPEG or PNG file; please send it as one of these.") % {"name": name}
        )
    return store(file, name=name[-200:], by=None, original_name=name[-200:], content_type=kind)
