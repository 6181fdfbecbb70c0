"""Inside the sandbox: draw one page of a PDF as JPEG pictures of given widths.  No Django here."""

from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image
from pypdfium2 import PdfBitmap

from scancheck.mapping import mapped, shown

# A page longer than this many times its width is drawn no larger than a page of that shape.
LONGEST = 4.0
QUALITY = 80


def draw(fd: int, request: dict[str, Any]) -> Iterator[str]:
    """Yield the page's picture for each width in pixels, as base64."""
    page = shown(mapped(fd))[int(request["index"])]
    widths = [int(width) for width in request["widths"]]
    whole = _rendered(page, max(widths))
    for width in widths:
        share = width / max(widths)
        size = max(1, round(whole.width * share)), max(1, round(whole.height * share))
        yield _jpeg(whole if size == whole.size else whole.resize(size))


def _rendered(page: Any, width: int) -> Image.Image:
    wide, high = page.get_size()
    scale = min(width / wide, width * LONGEST / high)
    bitmap: PdfBitmap = page.render(scale=scale, may_draw_forms=True)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    return picture


def _jpeg(picture: Image.Image) -> str:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return b64encode(out.getvalue()).decode()


JOBS = {"draw": draw}
