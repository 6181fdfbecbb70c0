"""A check that nothing but its test knows: it counts the points of strong ink on a page."""

import numpy as np

from scancheck import Check, Document, Page, Verdict, Whole, finding


def run(page: Page) -> Verdict[int]:
    points = int(np.count_nonzero(page.raster.ink > 60))
    found = finding("inkiness", "warn", "inky", page=page.number, points=points)
    return Verdict(points, (found,) if points else (), note=points)


def whole(document: Document) -> Whole:
    return Whole(fields={"inkiest": max(points for _, points in document.notes_of("inkiness"))})


CHECK = Check(
    name="inkiness",
    about=("墨迹多少", "how much ink there is"),
    words={"inky": ("第 {page} 页墨迹有 {points} 点。", "Page {page} has {points} points of ink.")},
    page=run,
    value=int,
    document=whole,
)
