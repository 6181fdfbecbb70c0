"""Cropped content: glyphs that the edge of the picture cuts through."""

import numpy as np

from scancheck.pieces import pieces
from scancheck.profile import Profile
from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels, Raster
from scancheck.report import Box, Side, finding
from scancheck.verdict import Verdict

MM = SMALL_DPI / MM_PER_INCH
STRIP_MM = 5.0


def check(raster: Raster, page: int, profile: Profile) -> Verdict[tuple[Side, ...]]:
    """The sides at which text runs into the edge."""
    grey = raster.small_grey
    sides = tuple(side for side, strip in _strips(grey).items() if _cut(strip, profile))
    if not sides:
        return Verdict(sides)
    box = _box(sides[0], grey.shape[1] / MM, grey.shape[0] / MM)
    found = finding("cropped", "warn", "cropped", page=page, box=box, sides=",".join(sides))
    return Verdict(sides, (found,))


def _strips(grey: Pixels) -> dict[Side, Pixels]:
    """The four rims, each laid so that its first row is the picture's edge."""
    deep = int(STRIP_MM * MM)
    return {
        "top": grey[:deep],
        "bottom": grey[-deep:][::-1],
        "left": grey[:, :deep].T,
        "right": grey[:, -deep:][:, ::-1].T,
    }


def _cut(strip: Pixels, profile: Profile) -> bool:
    """Whether several glyph-sized pieces of ink touch the first row."""
    strip = np.ascontiguousarray(strip)
    level = min(float(np.percentile(strip, 75)) - 45, 150)
    mask = (strip < level).astype(np.uint8)
    cut = float(mask[0].mean())
    if cut > profile.cropped_border_share or cut == 0:
        return False
    _, stats = pieces(mask)
    y, wide, high, area = (stats[1:, column] for column in (1, 2, 3, 4))
    glyph = (y == 0) & (wide >= 3) & (wide <= 26) & (high >= 3) & (high < strip.shape[0]) & (area >= 8)
    return int(glyph.sum()) >= profile.cropped_least_glyphs


def _box(side: Side, wide: float, high: float) -> Box:
    return {
        "top": (0.0, 0.0, wide, STRIP_MM),
        "bottom": (0.0, high - STRIP_MM, wide, high),
        "left": (0.0, 0.0, STRIP_MM, high),
        "right": (wide - STRIP_MM, 0.0, wide, high),
    }[side]
