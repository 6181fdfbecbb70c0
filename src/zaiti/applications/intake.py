"""The check of a file at the moment it comes in."""

from typing import IO

from django.conf import settings
from django.utils.translation import get_language

from scancheck import Profile, probe
from zaiti.core import Refused
from zaiti.programmes.models import Cycle


def check_pdf(content: IO[bytes], cycle: Cycle) -> int:
    """Give a PDF's pages, or say in a sentence why it can't be taken in this year."""
    return check_within(content, megabytes=cycle.max_megabytes, pages=cycle.max_pages)


def check_within(content: IO[bytes], *, megabytes: int, pages: int) -> int:
    """Give a PDF's pages, or say in a sentence why it can't be taken within these limits."""
    path = getattr(content, "temporary_file_path", None)
    most = min(settings.UPLOAD_MAX_BYTES, megabytes * 2**20)
    content.seek(0)
    found = probe(path() if path else content.read(), Profile(max_bytes=most, max_pages=pages))
    if not found.ok:
        raise Refused(found.message(get_language() or "zh"))
    return found.pages or 0
