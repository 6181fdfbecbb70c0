"""Finds pages scanned twice: alike as a whole, and without any place where they differ."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck import closely
from scancheck.profile import Profile
from scancheck.raster import Pixels, Raster, shrunk

# A page is kept as a picture of its ink, small enough to hold for 2,000 pages.
WIDE, HIGH = 200, 283
THUMB = (25, 35)


@dataclass(frozen=True)
class Print:
    """What is kept of a page: ink packed to bits, a normalised thumbnail, its ink at reading
    resolution, and its text where that is what the page consists of."""

    ink: bytes
    thumb: NDArray[np.float32]
    fine: bytes
    text: str | None = None


def remember(raster: Raster, skew: float, text: str | None = None) -> Print:
    """Keep what is needed to know this page again."""
    ink = _turned(shrunk(raster.ink, (WIDE, HIGH)), skew)
    level = max(6.0, 0.35 * float(np.percentile(ink[::2, ::2], 98)))
    thumb = (
        cv2.resize(cv2.blur(ink, (13, 13)), THUMB, interpolation=cv2.INTER_AREA).astype(np.float32).ravel()
    )
    thumb -= thumb.mean()
    thumb /= max(1e-3, float(np.linalg.norm(thumb)))
    return Print(np.packbits(ink > level).tobytes(), thumb, closely.kept(raster, skew), text)


def pairs(prints: dict[int, Print], profile: Profile) -> dict[int, int]:
    """Which page repeats which earlier one, by position."""
    positions = sorted(prints)
    if len(positions) < 2:
        return {}
    thumbs = np.stack([prints[position].thumb for position in positions])
    found = {}
    for index in range(1, len(positions)):
        alike = thumbs[:index] @ thumbs[index]
        for other in np.argsort(-alike)[: profile.duplicate_most_looks]:
            if alike[other] < profile.duplicate_least_alike:
                break
            if same(prints[positions[other]], prints[positions[index]], profile):
                found[positions[index]] = positions[int(other)]
                break
    return found


def same(a: Print, b: Print, profile: Profile) -> bool:
    """Whether two pages have the same ink everywhere, but for a small shift and scanner noise."""
    if a.text is not None and b.text is not None and a.text != b.text:
        return False
    first, second = _unpacked(a), _unpacked(b)
    second = _aligned(first, second)
    unmatched = np.maximum(_beyond(first, second), _beyond(second, first))
    if unmatched.sum() > profile.duplicate_most_unmatched * max(1, int((first | second).sum())):
        return False
    cells = cv2.boxFilter(unmatched.astype(np.float32), -1, (9, 9), normalize=False)
    alike = float(cells.max()) <= profile.duplicate_most_in_place
    return alike and closely.least_alike(a.fine, b.fine) >= profile.duplicate_least_in_place


def _turned(ink: Pixels, skew: float) -> Pixels:
    high, wide = ink.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), -skew, 1)
    return cv2.warpAffine(ink, matrix, (wide, high)).astype(np.uint8) if abs(skew) > 0.1 else ink


def _unpacked(kept: Print) -> NDArray[np.uint8]:
    return np.unpackbits(np.frombuffer(kept.ink, np.uint8))[: WIDE * HIGH].reshape(HIGH, WIDE)


def _aligned(fixed: NDArray[np.uint8], moving: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Shift by up to 2 % to where the ink agrees best."""
    window = cv2.GaussianBlur(fixed.astype(np.float32), (0, 0), 0.8)
    inner = cv2.GaussianBlur(moving.astype(np.float32), (0, 0), 0.8)[6:-6, 6:-6]
    _, _, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(window, inner, cv2.TM_CCOEFF_NORMED))
    shift = np.array([[1, 0, x - 6], [0, 1, y - 6]], np.float32)
    return cv2.warpAffine(moving, shift, (WIDE, HIGH), flags=cv2.INTER_NEAREST).astype(np.uint8)


def _beyond(ink: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Ink with none of the other's within a pixel; the rim is left out."""
    near = cv2.dilate(other, np.ones((3, 3), np.uint8))
    lone = (ink & ~near.astype(np.uint8) & 1).astype(np.uint8)
    lone[:8] = lone[-8:] = 0
    lone[:, :6] = lone[:, -6:] = 0
    return lone
