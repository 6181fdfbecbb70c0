"""Inside the sandbox: renders pages with boxes drawn on them, for `overlay`."""

import base64
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
from PIL import ImageDraw

from scancheck.mapping import mapped

DPI = 100


def draw(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield {"page", "png"} for every page that has an entry in `boxes`."""
    document = pdfium.PdfDocument(mapped(fd))
    for index in range(len(document)):
        boxes = request["boxes"].get(str(index + 1))
        if boxes is not None:
            yield {"page": index + 1, "png": _drawn(document[index], boxes)}


def _drawn(page: Any, boxes: list[list[Any]]) -> str:
    longest = max(page.get_size()) / 72 * DPI
    image = page.render(scale=DPI / 72 * min(1.0, 2400 / longest)).to_pil().convert("RGB")
    pen, unit = ImageDraw.Draw(image), image.width / (page.get_size()[0] / 72 * 25.4)
    for *box, colour in boxes:
        pen.rectangle([value * unit for value in box], outline=colour, width=3)
    kept = BytesIO()
    image.save(kept, "PNG")
    return base64.b64encode(kept.getvalue()).decode()


JOBS = {"draw": draw}
