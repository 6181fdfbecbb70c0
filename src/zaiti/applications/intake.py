"""The check of a file at the moment it comes in."""

from typing import IO

from django.conf import settings
from django.utils.translation import get_language

from scancheck import Profile, probe
from zaiti.core import Refused


def check_pdf(content: IO[bytes]) -> int:
    """Give a PDF's pages, or say in a sentence why it can't be taken in."""
    path = getattr(content, "temporary_file_path", None)
    content.seek(0)
    found = probe(path() if path else content.read(), Profile(max_bytes=settings.UPLOAD_MAX_BYTES))
    if not found.ok:
        raise Refused(found.message(get_language() or "zh"))
    return found.pages or 0
