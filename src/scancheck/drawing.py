"""Inside the sandbox: renders pages with boxes drawn on them, for `overlay`."""

import base64
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import ImageDraw

from scancheck.mapping import mapped, shown

DPI = 100


def draw(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield {"page", "png"} for every page that has an entry in `boxes`."""
    document = shown(mapped(fd))
    for index in range(len(document)):
        boxes = request["boxes"].get(str(index + 1))
        if boxes is not None:
            yield {
                "page": index + 1,
                "png": _drawn(document[index], boxes, request["widths"][str(index + 1)]),
            }


def _drawn(page: Any, boxes: list[list[Any]], width_mm: float | None) -> str:
    longest = max(page.get_size()) / 72 * DPI
    image = page.render(scale=DPI / 72 * min(1.0, 2400 / longest)).to_pil().convert("RGB")
    pen, unit = ImageDraw.Draw(image), image.width / (width_mm or page.get_size()[0] / 72 * 25.4)
    for *box, colour in boxes:
        pen.rectangle([value * unit for value in box], outline=colour, width=3)
    kept = BytesIO()
    image.save(kept, "PNG")
    return base64.b64encode(kept.getvalue()).decode()


JOBS = {"draw": draw}
