"""Codes that a system prints on the pages of a form: read, put in order, told apart."""

from io import BytesIO

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from scancheck import inspect
from zaiti.papers.codes import code_of

MM = 150 / 25.4
FORM, OTHER = "ZT30-1-AB12CD34", "ZT31-1-AB12CD34"


def sheet(code: str, lean: float = 0.0) -> Image.Image:
    """A scanned page of print with a code at its top right, a little askew."""
    page = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(page)
    for line in range(40):
        draw.rectangle([200, 300 + line * 32, 1000, 312 + line * 32], fill=40)
    if code:
        rows = code_of(code)
        drawn = Image.fromarray(np.array([[255 * (1 - int(p)) for p in row] for row in rows], np.uint8))
        side = round(0.64 * len(rows) * MM)
        page.paste(drawn.resize((side, side), Image.Resampling.NEAREST), (1240 - side - 83, 71))
    page = page.rotate(lean, fillcolor=255, resample=Image.Resampling.BICUBIC)
    noise = np.random.default_rng(7).normal(0, 6, (1754, 1240))
    return Image.fromarray(np.clip(np.array(page) + noise, 0, 255).astype(np.uint8))


def scanned(*codes: str) -> bytes:
    pages = [sheet(code, lean) for code, lean in zip(codes, (0.6, -0.8, 0.3, 0.0), strict=False)]
    pages[0].save(out := BytesIO(), "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return out.getvalue()


def said(content: bytes) -> set[tuple[str, int | None]]:
    report = inspect(content)
    return {(one.code, one.page) for one in report.findings if one.check == "printed"}


def test_codes_in_order_say_nothing_and_are_in_the_report():
    content = scanned(f"{FORM}:1/2", f"{FORM}:2/2")
    assert len(pypdfium2.PdfDocument(content)) == 2
    report = inspect(content)
    assert [page.measured["printed"] for page in report.pages] == [f"{FORM}:1/2", f"{FORM}:2/2"]
    assert said(content) == set()


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ([f"{FORM}:1/3", f"{FORM}:3/3"], {("printed_missing", None)}),
        ([f"{FORM}:1/3", f"{FORM}:3/3", f"{FORM}:2/3"], {("printed_order", 3)}),
        ([f"{FORM}:1/2", f"{FORM}:2/2", f"{OTHER}:1/1"], {("printed_mixed", 3)}),
        ([f"{FORM}:1/2", ""], set()),  # the second may be there and can't be read
        (["", ""], set()),
    ],
)
def test_what_they_tell(codes, told):
    assert said(scanned(*codes)) == told
