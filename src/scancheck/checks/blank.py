"""Blank pages: no ink but dust, punch holes, folds and what shines through."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from scancheck.check import Check, Page
from scancheck.pieces import pieces
from scancheck.profile import Profile
from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels, Raster
from scancheck.report import finding
from scancheck.verdict import Verdict

MM = SMALL_DPI / MM_PER_INCH
# A fold's trace comes and goes; its parts lie this near, in points at 75 dpi (5 mm).
BRIDGE = 15


@dataclass(frozen=True)
class Bounds:
    """What still counts as an empty sheet."""

    # Blank: grey levels darker than the paper around; print is at least 60, print that shines
    # through is 10 to 20. Marks are pieces of ink at 75 dpi, larger than dust.
    ink_level: int = 28
    most_ink: float = 0.006
    least_marks: int = 3
    # Or one the size of a sign in print of 10.5 points: higher and wider than dust, lines and specks.
    sign_mm: float = 2.0
    stroke_area: int = 6
    colour_level: int = 22
    colour_points: int = 60


def check(raster: Raster, page: int, profile: Profile) -> Verdict[bool]:
    """Whether nothing was written, printed or stamped on the page."""
    bounds = profile.of(Bounds)
    mask = _inked(raster, bounds)
    if float(mask.mean()) > bounds.most_ink:
        return Verdict(False)
    if _marked(mask, bounds) or _coloured(raster, bounds):
        return Verdict(False)
    return Verdict(True, (finding("blank", "warn", "blank", page=page),))


def _inked(raster: Raster, bounds: Bounds) -> Pixels:
    """Where there is ink, leaving out the rim of the sheet."""
    mask = (raster.ink > bounds.ink_level).astype(np.uint8)
    rim = int(0.06 * min(mask.shape))
    mask[:rim] = mask[-rim:] = 0
    mask[:, :rim] = mask[:, -rim:] = 0
    return mask


def _marked(mask: Pixels, bounds: Bounds) -> bool:
    """Whether there are a few pieces of ink the size of strokes, or one of a sign: no dust, hole or fold."""
    _, stats = pieces(_unfolded(mask))
    wide, high, area = stats[1:, 2], stats[1:, 3], stats[1:, 4]
    stroke = (area >= bounds.stroke_area) & (np.maximum(wide, high) >= 1.2 * MM) & ~_hole(mask, stats)
    sign = stroke & (np.minimum(wide, high) >= bounds.sign_mm * MM)
    return int(stroke.sum()) >= bounds.least_marks or bool(sign.any())


def _unfolded(mask: Pixels) -> Pixels:
    """The ink without folds: long thin traces, straight across or down, that may be broken."""
    kept = mask.copy()
    for bridge in (np.ones((1, BRIDGE), np.uint8), np.ones((BRIDGE, 1), np.uint8)):
        labels, stats = pieces(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, bridge))
        longest = np.maximum(stats[:, 2], stats[:, 3])
        folds = (longest > 40 * MM) & (stats[:, 4] < MM * longest)
        folds[0] = False
        kept[folds[labels]] = 0
    return kept


def _hole(mask: Pixels, stats: Pixels) -> Pixels:
    """Punch holes: round, filled, 4 to 9 mm, within 20 mm of an edge."""
    x, y, wide, high, area = (stats[1:, column] for column in range(5))
    size = np.maximum(wide, high)
    round_ = (np.abs(wide - high) <= 0.25 * size) & (area > 0.5 * wide * high)
    edge = np.minimum.reduce([x, y, mask.shape[1] - x - wide, mask.shape[0] - y - high])
    return np.asarray(round_ & (size > 3.5 * MM) & (size < 9 * MM) & (edge < 20 * MM))


def _coloured(raster: Raster, bounds: Bounds) -> bool:
    """A faint seal on an empty sheet is not blank: look for colour that the paper hasn't."""
    small = cv2.blur(raster.small, (3, 3)).astype(np.int16)
    red = small[..., 2] - np.maximum(small[..., 0], small[..., 1])
    inner = red[20:-20, 20:-20]
    strong = inner > float(np.median(inner)) + bounds.colour_level
    return bool(strong.sum() > bounds.colour_points)


def run(page: Page) -> Verdict[bool]:
    """The check of one page; on a blank one the others have nothing to see."""
    found = check(page.raster, page.number, page.profile)
    return replace(found, ends=found.value)


WORDS = {
    "blank": (
        "第 {page} 页是空白页，请确认是否漏扫或多扫。",
        "Page {page} is blank. Was a page missed, or one too many scanned?",
    ),
}
CHECK = Check(
    name="blank",
    about=("空白页", "blank pages"),
    words=WORDS,
    bounds=Bounds,
    page=run,
    after=(),
    field="blank",
)
