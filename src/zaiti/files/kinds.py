"""What kind of file somebody sends: told by what it holds, never by its name."""

from collections.abc import Sequence
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from zaiti.core import Refused

PDF, JPEG, PNG, WEBP = "PDF", "JPEG", "PNG", "WEBP"
MOST_PIXELS = 60_000_000
PDF_BEGINS = b"%PDF-"
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError)


def kind_of(name: str, content: IO[bytes], kinds: Sequence[str], *, most_bytes: int) -> str:
    """Give a file's media type, or refuse what is too large or none of `kinds` that opens."""
    if content.seek(0, 2) > most_bytes:
        raise Refused(_("“%(name)s” is larger than %(most)s MB.") % {"name": name, "most": most_bytes >> 20})
    content.seek(0)
    found = (
        "application/pdf" if PDF in kinds and content.read(5) == PDF_BEGINS else _image(name, content, kinds)
    )
    content.seek(0)
    if not found:
        raise Refused(
            _("“%(name)s” is no file of these kinds that can be opened: %(kinds)s.")
            % {"name": name, "kinds": _(", ").join(kinds)}
        )
    return found


def _image(name: str, content: IO[bytes], kinds: Sequence[str]) -> str:
    content.seek(0)
    try:
        with Image.open(content, formats=[kind for kind in kinds if kind != PDF]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refused(_("“%s” has too many pixels.") % name)
            image.verify()
            return Image.MIME[image.format or ""]
    except BROKEN:
        return ""
