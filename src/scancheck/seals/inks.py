"""Where seal ink may be: red and blue by colour, black and grey by darkness; at 75 dpi."""

import cv2
import numpy as np

from scancheck.profile import Profile
from scancheck.raster import Pixels, Raster

# Weights of blue, green, red that make each ink bright and paper and print dark.
MIXES = {"red": (-0.5, -0.5, 1.0), "blue": (1.0, -0.25, -0.75)}


def tint(bgr: Pixels, colour: str) -> Pixels:
    """How much of an ink's colour there is at each point, 0..255."""
    if colour in MIXES:
        return cv2.transform(bgr, np.array([MIXES[colour]], np.float32))
    grey = cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY) if bgr.ndim == 3 else bgr
    return cv2.subtract(cv2.blur(grey, (61, 61)), grey)


def mask(raster: Raster, colour: str, profile: Profile) -> Pixels:
    """Points of one colour's ink: 0 or 1."""
    if colour not in MIXES:
        return (raster.ink > profile.seal_dark_level).astype(np.uint8)
    map_ = tint(raster.small, colour)
    paper = paper_level(map_)
    level = max(profile.seal_tint_level, paper + profile.seal_tint_level - 2)
    return (map_ > level).astype(np.uint8)


def paper_level(map_: Pixels) -> int:
    """The tint of the paper itself."""
    return int(np.median(map_[::4, ::4]))


def colourful(raster: Raster, profile: Profile) -> bool:
    """Whether anything on the page is in colour: seal-sized amounts, beyond the paper's own tint."""
    blue, green, red = cv2.split(raster.small)
    chroma = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    coloured = chroma > paper_level(chroma) + profile.seal_tint_level
    return int(coloured.sum()) >= profile.seal_least_points
