"""Blank pages: no ink but dust, punch holes, folds and what shines through."""

import cv2
import numpy as np

from scancheck.pieces import pieces
from scancheck.profile import Profile
from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels, Raster
from scancheck.report import finding
from scancheck.verdict import Verdict

MM = SMALL_DPI / MM_PER_INCH
# A fold's trace comes and goes; its parts lie this near, in points at 75 dpi (5 mm).
BRIDGE = 15


def check(raster: Raster, page: int, profile: Profile) -> Verdict[bool]:
    """Whether nothing was written, printed or stamped on the page."""
    mask = _inked(raster, profile)
    if float(mask.mean()) > profile.blank_most_ink:
        return Verdict(False)
    if _marks(mask, profile) >= profile.blank_least_marks or _coloured(raster, profile):
        return Verdict(False)
    return Verdict(True, (finding("blank", "warn", "blank", page=page),))


def _inked(raster: Raster, profile: Profile) -> Pixels:
    """Where there is ink, leaving out the rim of the sheet."""
    mask = (raster.ink > profile.blank_ink_level).astype(np.uint8)
    rim = int(0.06 * min(mask.shape))
    mask[:rim] = mask[-rim:] = 0
    mask[:, :rim] = mask[:, -rim:] = 0
    return mask


def _marks(mask: Pixels, profile: Profile) -> int:
    """How many pieces of ink are the size of strokes: larger than dust, not a hole or a fold."""
    _, stats = pieces(_unfolded(mask))
    wide, high, area = stats[1:, 2], stats[1:, 3], stats[1:, 4]
    stroke = (area >= profile.blank_stroke_area) & (np.maximum(wide, high) >= 1.2 * MM)
    return int((stroke & ~_hole(mask, stats)).sum())


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


def _coloured(raster: Raster, profile: Profile) -> bool:
    """A faint seal on an empty sheet is not blank: look for colour that the paper hasn't."""
    small = cv2.blur(raster.small, (3, 3)).astype(np.int16)
    red = small[..., 2] - np.maximum(small[..., 0], small[..., 1])
    inner = red[20:-20, 20:-20]
    strong = inner > float(np.median(inner)) + profile.blank_colour_level
    return bool(strong.sum() > profile.blank_colour_points)
