"""Where seal ink may be: red and blue by colour, black and grey by darkness; at 75 dpi."""

from collections.abc import Sequence

import cv2
import numpy as np

from scancheck.raster import Pixels, Raster
from scancheck.seals.bounds import Bounds

# An ink's own channel, and the two that are taken from it, with their weights: paper and print
# come out dark, the ink bright.
BLUE, GREEN, RED = range(3)
MIXES = {"red": (RED, (BLUE, 0.5), (GREEN, 0.5)), "blue": (BLUE, (GREEN, 0.25), (RED, 0.75))}
# Red in which brown and black print are both as dark as paper: invoices are printed in brown. It is
# weaker, and blind to red that leans to orange, and so only a second look.
CRIMSON = "crimson"
# Brown is red that loses nearly all of itself when looked at so.
BROWN_SHARE = 0.15


def tint(bgr: Pixels, colour: str) -> Pixels:
    """How much of an ink's colour there is at each point, 0..255."""
    if colour == CRIMSON or colour in MIXES:
        return mixed(cv2.split(bgr), colour)
    grey = cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY) if bgr.ndim == 3 else bgr
    return cv2.subtract(cv2.blur(grey, (61, 61)), grey)


def mixed(planes: Sequence[Pixels], colour: str) -> Pixels:
    """The same from the planes of blue, green and red."""
    if colour == CRIMSON:
        return cv2.subtract(cv2.addWeighted(planes[BLUE], 0.68, planes[RED], 0.32, 0), planes[GREEN])
    own, (first, much), (second, more) = MIXES[colour]
    return cv2.subtract(planes[own], cv2.addWeighted(planes[first], much, planes[second], more, 0))


def mask(raster: Raster, colour: str, bounds: Bounds) -> Pixels:
    """Points of one colour's ink: 0 or 1."""
    if colour != CRIMSON and colour not in MIXES:
        return (raster.ink > bounds.dark_level).astype(np.uint8)
    map_ = mixed(raster.planes, colour)
    paper = paper_level(map_)
    level = max(bounds.tint_level, paper + bounds.tint_level - 2)
    return (map_ > level).astype(np.uint8)


def fringes(raster: Raster, bounds: Bounds) -> Pixels | None:
    """Points where red and blue edge print because the planes lie apart, if that is what most colour is."""
    red, blue = (cv2.dilate(mask(raster, colour, bounds), np.ones((5, 5), np.uint8)) for colour in MIXES)
    both, least = np.asarray(cv2.bitwise_and(red, blue), np.uint8), bounds.least_points
    share = cv2.countNonZero(both) / max(least, min(cv2.countNonZero(red), cv2.countNonZero(blue)))
    return both if share > bounds.fringe_share else None


def brown(raster: Raster, bounds: Bounds) -> bool:
    """Whether some of what is red on the page is brown print, and some is not."""
    red, tinted = mask(raster, "red", bounds), mixed(raster.planes, "red")
    left = mixed(raster.planes, CRIMSON) > BROWN_SHARE * tinted
    counts = (int(np.count_nonzero(red[left == kept])) for kept in (True, False))
    return all(count >= bounds.least_points for count in counts)


def paper_level(map_: Pixels) -> int:
    """The tint of the paper itself."""
    counts = cv2.calcHist([np.ascontiguousarray(map_[::4, ::4])], [0], None, [256], [0, 256]).ravel().cumsum()
    return int(np.searchsorted(counts, counts[-1] / 2))


def colourful(raster: Raster, bounds: Bounds) -> bool:
    """Whether anything on the page is in colour: seal-sized amounts, beyond the paper's own tint."""
    blue, green, red = raster.planes
    chroma = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    coloured = chroma > paper_level(chroma) + bounds.tint_level
    return int(np.count_nonzero(coloured)) >= bounds.least_points
