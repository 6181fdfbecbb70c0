"""Scanned pages and files for the tests, made by the benchmark's generator."""

from functools import cache
from io import BytesIO
from typing import Any

import cv2
import numpy as np
import pikepdf
from bench.scancheck import books, papers, scanner
from bench.scancheck.desk import Order, Truth

from scancheck.raster import Pixels, Raster

UNIT = "深圳市示例职业培训学校"
DPI = 150


def scanned(order: Order, **how: Any) -> tuple[Pixels, Truth]:
    """One page, scanned cleanly unless told otherwise."""
    page, truth = papers.page(order)
    return scanner.scan(page, truth, scanner.Scan(**({"seed": order.seed, "noise": 3.0} | how))), truth


def order(seed: int = 1, **facts: Any) -> Order:
    """An ordinary page at 150 dpi without seal or distractor."""
    dull: dict[str, Any] = {
        "dpi": DPI,
        "seals": (),
        "distractor": None,
        "redhead": False,
        "layout": "letter",
        "name": UNIT,
    }
    return Order(seed, **(dull | facts))


def raster(pixels: Pixels, dpi: float = DPI) -> Raster:
    """Pixels as the engine holds them."""
    bgr = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR) if pixels.ndim == 2 else pixels[..., ::-1]
    return Raster(np.ascontiguousarray(bgr), dpi / 25.4, dpi, "image")


def picture(seed: int = 1, how: dict[str, Any] | None = None, **facts: Any) -> tuple[Raster, Truth]:
    """One page as a raster, with the truth about it."""
    asked = order(seed, **facts)
    pixels, truth = scanned(asked, **(how or {}))
    return raster(pixels, asked.dpi), truth


def blank(seed: int = 1) -> Pixels:
    """An empty sheet with dust, holes and a fold."""
    page, truth = papers.blank_like(order(seed))
    return scanner.scan(scanner.speck(page, seed), truth, scanner.Scan(seed, noise=3.0))


def pdf(*pages: Pixels, dpi: float = DPI, **how: Any) -> bytes:
    """A file of scans."""
    return books.bind(pages, dpi, **how)


@cache
def numbered(count: int = 5) -> tuple[Pixels, ...]:
    """Pages with printed numbers, all in one style."""
    return tuple(
        scanned(
            order(
                40 + n,
                layout="short",
                number=(n, count),
                number_form="第{n}页 共{t}页",
                number_place="centre",
            )
        )[0]
        for n in range(1, count + 1)
    )


def empty_pdf(pages: int = 1) -> pikepdf.Pdf:
    """A file of pages with nothing on them, open for changes."""
    made = pikepdf.Pdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    return made


def saved(made: pikepdf.Pdf, **how: Any) -> bytes:
    """An open file's bytes."""
    kept = BytesIO()
    made.save(kept, **how)
    return kept.getvalue()
