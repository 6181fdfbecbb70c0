"""Finds lines of text in a part of a page; lengths in the picture's pixels."""

from typing import NamedTuple

import cv2
import numpy as np

from scancheck.pieces import pieces
from scancheck.raster import Pixels

# Round print the mean stays above this share of the paper's; round a scanner's black bar it doesn't.
BAR = 0.65
# The share of each side that narrow bars may take: print is not measured there.
RIM = 0.03
# Coloured ink: its lightest and darkest channel lie this far apart, at so many points or more;
# what is darker than this share of the paper is print.
TINTED, LEAST_TINTED, BLACK = 40, 60, 0.6


class Line(NamedTuple):
    """A box round one line."""

    x: int
    y: int
    wide: int
    high: int

    def zoomed(self, zoom: float) -> "Line":
        """The same line in a picture so many times as fine."""
        return Line(*(round(side * zoom) for side in self))

    def cut(self, picture: Pixels, beside: float = 0.5) -> Pixels:
        """The line with a little paper round it; `beside` is a share of its height."""
        above, aside = max(3, int(self.high * 0.28)), max(2, int(self.high * beside))
        left, top = max(0, self.x - aside), max(0, self.y - above)
        return picture[top : self.y + self.high + above, left : self.x + self.wide + aside]


def find(picture: Pixels, scale: float, *, lowest_mm: float, highest_mm: float, gap_mm: float) -> list[Line]:
    """Lines from `lowest_mm` to `highest_mm` high; signs up to `gap_mm` apart belong together."""
    mask = _without_rules(_inked(picture), scale)
    reach = int(gap_mm * scale) | 1, max(1, int(0.5 * scale))
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, reach))
    _, stats = pieces(joined)
    wide, high = stats[1:, 2], stats[1:, 3]
    sized = (high > lowest_mm * scale) & (high < highest_mm * scale) & (wide > 0.5 * scale)
    boxes = [Line(*row) for row in stats[1:][sized, :4].tolist()]
    return [box for box in boxes if _ink(mask, box) > 0.12 * scale * scale]


def straightened(picture: Pixels, degrees: float) -> Pixels:
    """The picture turned back by a small skew, about its middle; paper outside."""
    if abs(degrees) < 0.15:
        return picture
    high, wide = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), -degrees, 1)
    return cv2.warpAffine(picture, matrix, (wide, high), borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)


def unstamped(bgr: Pixels) -> Pixels:
    """Grey, with coloured ink gone and what is black under it kept: seals are set over page numbers."""
    blue, green, red = cv2.split(bgr)
    light = cv2.max(cv2.max(blue, green), red)
    tinted = cv2.subtract(light, cv2.min(cv2.min(blue, green), red)) > TINTED
    if np.count_nonzero(tinted) < LEAST_TINTED:
        return cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)
    # JPEG smears colour by a few points, and so leaves grey rims round a seal's strokes.
    coloured = cv2.dilate(tinted.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    paper = int(np.percentile(light[::4, ::4], 70))
    light[coloured & (light > BLACK * paper)] = paper
    return light


def _inked(picture: Pixels) -> Pixels:
    """Ink, by a level that suits the darkest print; the black bars of scanners don't count as print."""
    around = cv2.blur(picture, (51, 51))
    dark = cv2.subtract(around, picture)
    inner = tuple(slice(int(RIM * side), int((1 - RIM) * side), 2) for side in picture.shape)
    few, near = dark[inner], around[inner]
    printed = few[near >= BAR * float(np.median(near))]
    level = max(22.0, 0.35 * float(np.percentile(printed, 99.5)))
    return (dark > level).astype(np.uint8)


def _without_rules(mask: Pixels, scale: float) -> Pixels:
    """Take out the long straight rules of tables, which would tie their lines together."""
    length = max(3, int(14 * scale))
    across = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    rules = cv2.dilate(cv2.max(across, down), np.ones((3, 3), np.uint8))
    return cv2.subtract(mask, rules).astype(np.uint8)


def _ink(mask: Pixels, box: Line) -> int:
    return int(mask[box.y : box.y + box.high, box.x : box.x + box.wide].sum())
