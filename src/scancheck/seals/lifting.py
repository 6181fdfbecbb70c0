"""Lifts a seal's ink off the print below it, as finely as the picture shows it.

JPEG keeps colour at half the picture's resolution, so a sign's strokes are only sharp in the light. The
colour says how much of the darkness around a point is the seal's; what is darker than its ink alone is print,
under which strokes are led on from both sides.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck.raster import Pixels
from scancheck.seals.inks import CRIMSON, MIXES, tint

Floats = NDArray[np.float32]
LEAST_POINTS = 50
# How much darker than the ink alone print is.
PRINT = 1.35


@dataclass(frozen=True)
class Lifted:
    """The same ink in several lights, 0 to about 1: where one misleads, another may not.

    `colour` is what the colour says; `fine` and `soft` the light where there is colour, led on under print;
    `even` the mean of colour and light; `wide` the light where colour is about, for coarse JPEG.
    """

    colour: Floats
    fine: Floats
    soft: Floats
    even: Floats
    wide: Floats


def lifted(bgr: Pixels, colour: str) -> Lifted:
    """A seal's ink on a piece of the page about as large as the seal."""
    tinted = tint(np.ascontiguousarray(bgr), colour).astype(np.float32)
    chroma = np.clip(_full(tinted), 0, 1.2)
    if colour not in (*MIXES, CRIMSON):  # dark ink has no colour of its own
        return Lifted(chroma, chroma, _blurred(chroma, 0.7), chroma, chroma)
    dark = _darkness(bgr)
    near, about, far = (_own(dark, tinted, spread) for spread in (1.2, 2.0, 3.5))
    fine = _full(_led_on(*near))
    return Lifted(chroma, fine, _blurred(fine, 0.7), np.sqrt(about[0] * chroma), _full(_led_on(*far)))


def _darkness(bgr: Pixels) -> Floats:
    """How much darker than paper each point is."""
    grey = cv2.cvtColor(np.ascontiguousarray(bgr), cv2.COLOR_BGR2GRAY).astype(np.float32)
    return np.asarray(np.clip(np.percentile(grey, 75) - grey, 0, 255), np.float32)


def _own(dark: Floats, tinted: Floats, spread: float) -> tuple[Floats, NDArray[np.bool_]]:
    """The seal's share of the darkness, 0 to 1, and where print covers it; `spread` is over how many
    points colour is taken to run."""
    near, colour = _blurred(dark, spread), _blurred(tinted, spread)
    inked = colour > 0.5 * np.percentile(colour, 97)
    pure = float(np.percentile((colour / np.maximum(near, 4))[inked], 70)) if inked.any() else 1.0
    share = np.clip(colour / np.maximum(pure * near, 1e-3), 0, 1)
    alone = dark[inked & (share > 0.85)]
    full = max(1.0, float(np.percentile(alone, 95) if alone.size > LEAST_POINTS else dark.max()))
    return (np.minimum(dark, full) * share / full).astype(np.float32), dark > PRINT * full


def _led_on(ink: Floats, hidden: NDArray[np.bool_]) -> Floats:
    """The ink with what print hides filled in from around it."""
    place = cv2.dilate(hidden.astype(np.uint8), np.ones((2, 2), np.uint8))
    grey = np.clip(ink * 255, 0, 255).astype(np.uint8)
    return cv2.inpaint(grey, place, 2, cv2.INPAINT_TELEA).astype(np.float32) / np.float32(255)


def _full(ink: Floats) -> Floats:
    """The ink as a share of where it is fullest."""
    return (ink / max(float(np.percentile(ink, 98.5)), 1e-3)).astype(np.float32)


def _blurred(picture: Floats, sigma: float) -> Floats:
    return cv2.GaussianBlur(picture, (0, 0), sigma).astype(np.float32)
