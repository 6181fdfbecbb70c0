"""Cropped content: signs and rules that the edge of the picture cuts through."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck.check import Check, Page
from scancheck.pieces import pieces
from scancheck.profile import Profile
from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels, Raster
from scancheck.report import Box, Side, finding
from scancheck.verdict import Verdict

MM = SMALL_DPI / MM_PER_INCH
STRIP_MM = 5.0
# How deep lines are followed from a side, and within what of it a line has no margin left.
LINES_MM, MARGIN_MM = 15.0, 1.2
# So few points from the edge, at 75 dpi, no printer prints.
NEAR = 2


@dataclass(frozen=True)
class Bounds:
    """How much must be cut before it is said."""

    # Cropped: three cut glyphs on one side, or the rules of a table of three rows; fewer are dust or a
    # rule that runs off the page. A rim with less plain paper is a picture.
    least_glyphs: int = 3
    least_rules: int = 4
    least_paper: float = 0.65
    border_share: float = 0.5
    # Or lines that go on to the very edge: at least so many, and this share of those on that side.
    least_lines: int = 3
    lines_share: float = 0.3


def check(raster: Raster, page: int, profile: Profile) -> Verdict[tuple[Side, ...]]:
    """The sides at which text runs into the edge."""
    bounds = profile.of(Bounds)
    grey = raster.small_grey
    sides = tuple(
        side
        for side, strip in _strips(grey, STRIP_MM).items()
        if _on_paper(strip, bounds)
        and (_cut(strip, bounds) or (side in ("left", "right") and _run_out(side, grey, bounds)))
    )
    if not sides:
        return Verdict(sides)
    box = _box(sides[0], grey.shape[1] / MM, grey.shape[0] / MM)
    found = finding("cropped", "warn", "cropped", page=page, box=box, sides=",".join(sides))
    return Verdict(sides, (found,))


def _strips(grey: Pixels, deep_mm: float) -> dict[Side, Pixels]:
    """The four rims, each laid so that its first row is the picture's edge."""
    deep = int(deep_mm * MM)
    return {
        "top": grey[:deep],
        "bottom": grey[-deep:][::-1],
        "left": grey[:, :deep].T,
        "right": grey[:, -deep:][:, ::-1].T,
    }


def _on_paper(strip: Pixels, bounds: Bounds) -> bool:
    """Whether a rim is mostly plain: a picture or a coloured ground that fills the sheet is no print."""
    paper = float(np.percentile(strip, 75))
    return float((strip > paper - 30).mean()) >= bounds.least_paper


def _cut(strip: Pixels, bounds: Bounds) -> bool:
    """Whether several signs, or a table's rules, run into the edge or end nearer it than printers print."""
    strip = np.ascontiguousarray(strip)
    mask = _ink(strip)
    if float(mask[0].mean()) > bounds.border_share:
        return False
    _, stats = pieces(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)))
    y, wide, high, area = (stats[1:, column] for column in (1, 2, 3, 4))
    through = high + y >= strip.shape[0] - 3
    glyph = (y <= NEAR) & (wide >= 3) & (wide <= 26) & (high >= 4) & (area >= 10) & ~(through & (wide <= 4))
    rule = (y <= 1) & (wide <= 4) & through
    signs, rules = int(glyph.sum()), int(rule.sum())
    return signs >= bounds.least_glyphs or rules >= bounds.least_rules


def _run_out(side: Side, grey: Pixels, bounds: Bounds) -> bool:
    """Whether lines of glyphs come from within the page and go on to its very edge: signs stand in columns,
    so a cut may pass between them."""
    strip = np.ascontiguousarray(_strips(grey, LINES_MM)[side])
    mask = _ink(strip)
    if float(mask[0].mean()) > bounds.border_share:
        return False
    _, stats = pieces(mask)
    x, y, wide, high, area = (stats[1:, column] for column in range(5))
    glyph = (wide >= 3) & (wide <= 26) & (high >= 2) & (high <= 26) & (area >= 6)
    near, middle = y <= MARGIN_MM * MM, x + wide / 2
    lines = _heights(middle[glyph & ~near])
    ends = sum(bool((np.abs(middle[glyph & near] - line) < 5).any()) for line in lines)
    return ends >= bounds.least_lines and ends >= bounds.lines_share * len(lines)


def _heights(middle: NDArray[np.float64]) -> list[float]:
    """Where lines of at least two glyphs stand along the side, from the glyphs' middles."""
    order = np.argsort(middle)
    groups = np.split(middle[order], np.flatnonzero(np.diff(middle[order]) > 4) + 1)
    return [float(np.median(group)) for group in groups if len(group) >= 2]


def _ink(strip: Pixels) -> Pixels:
    level = float(np.percentile(strip, 75)) - 60
    return (strip < level).astype(np.uint8)


def _box(side: Side, wide: float, high: float) -> Box:
    return {
        "top": (0.0, 0.0, wide, STRIP_MM),
        "bottom": (0.0, high - STRIP_MM, wide, high),
        "left": (0.0, 0.0, STRIP_MM, high),
        "right": (wide - STRIP_MM, 0.0, wide, high),
    }[side]


def run(page: Page) -> Verdict[tuple[Side, ...]]:
    """The check of one page."""
    return check(page.raster, page.number, page.profile)


WORDS = {
    "cropped": (
        "第 {page} 页{sides}内容可能被裁切，请完整扫描。",
        "Content may be cut off on page {page} ({sides}). Scan the whole sheet.",
    ),
}
CHECK = Check(
    name="cropped",
    about=("裁切", "content cut off at an edge"),
    words=WORDS,
    terms={
        "sides": {
            "top": ("上边", "top"),
            "bottom": ("下边", "bottom"),
            "left": ("左边", "left"),
            "right": ("右边", "right"),
        }
    },
    bounds=Bounds,
    page=run,
    field="cropped",
    nothing=(),
)
