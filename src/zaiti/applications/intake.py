"""The check of a file at the moment it comes in."""

from typing import IO, BinaryIO, cast

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scancheck import Profile, probe
from scancheck.binding import office
from scancheck.intake import kind
from zaiti.core import Refused
from zaiti.programmes.models import Cycle

PDF, OFD = "pdf", "ofd"
ENDS = {"photo": "image/*,.heic,.tif,.tiff", "word": ".docx,.doc", OFD: ".ofd"}
BESIDES = {"image": "photo", "word": "word", "ofd": OFD}


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


def kind_of(content: IO[bytes], cycle: Cycle) -> str:
    """Tell what a file is of what the year takes besides PDF; all else is to be a PDF."""
    size = content.seek(0, 2)
    found = BESIDES.get(kind(cast(BinaryIO, content), size), PDF)
    content.seek(0)
    if found not in cycle.made_into_pdf.split():
        return PDF
    if size > (most := bounds(cycle).max_bytes):
        raise Refused(_("The file is larger than %s MB. Please make it smaller.") % (most >> 20))
    if found == "word" and not office():
        raise Refused(_("Word files can't be made into PDF on this server: please save it as PDF."))
    return found


def bounds(cycle: Cycle) -> Profile:
    """What one file may be in this year."""
    most = min(settings.UPLOAD_MAX_BYTES, cycle.max_megabytes * 2**20)
    return Profile(max_bytes=most, max_pages=cycle.max_pages)


class Taken:
    """What a year takes besides PDF, for the words and the fields of a page."""

    def __init__(self, cycle: Cycle) -> None:
        self.photo, self.word, self.ofd = (each in cycle.made_into_pdf.split() for each in ENDS)
        self.printed = self.word and bool(office())

    @property
    def ends(self) -> str:
        """As a file field accepts them."""
        here = {"photo": self.photo, "word": self.printed, OFD: self.ofd}
        return ",".join(["application/pdf,.pdf", *(ENDS[each] for each in ENDS if here[each])])
