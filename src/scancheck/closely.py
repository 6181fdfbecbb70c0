"""Compares two pages at reading resolution: whether the same signs stand at the same places."""

import zlib

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck.raster import Pixels, Raster, shrunk

# A4 at about 100 dpi, where signs of 10.5 points are 14 points high.
WIDE, HIGH = 827, 1169
# Blocks are shifted each by itself, by up to REACH points: two scans of a sheet are never congruent.
BLOCK, REACH = 64, 9
# A place is about a sign wide; this much ink (in levels) makes it worth comparing.
PLACE, LEAST_INK = 13, 9.0
PAPER, STEP = 24, 40


def kept(raster: Raster, skew: float) -> bytes:
    """The page's ink, straight, in a few levels and packed."""
    grey = shrunk(raster.grey, (WIDE, HIGH)) if raster.grey.shape[0] > HIGH else _stretched(raster.grey)
    ink = cv2.subtract(cv2.blur(grey, (41, 41)), grey)
    if abs(skew) > 0.03:
        matrix = cv2.getRotationMatrix2D((WIDE / 2, HIGH / 2), -skew, 1)
        ink = cv2.warpAffine(ink, matrix, (WIDE, HIGH)).astype(np.uint8)
    ink[ink < PAPER] = 0
    return zlib.compress((ink // STEP).astype(np.uint8).tobytes(), 1)


def _stretched(grey: Pixels) -> Pixels:
    return cv2.resize(grey, (WIDE, HIGH), interpolation=cv2.INTER_AREA)


def least_alike(a: bytes, b: bytes) -> float:
    """How alike the two pages are where they are least so: 1 is the same, 0 has nothing in common."""
    first, second = (_opened(each) for each in (a, b))
    second = _fitted(first, second)
    inner = np.s_[40:-40, 30:-30]
    return float(_alike(first, second)[inner].min())


def _opened(packed: bytes) -> NDArray[np.float32]:
    flat = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(HIGH, WIDE)
    return cv2.GaussianBlur(flat.astype(np.float32) * STEP, (0, 0), 1.0).astype(np.float32)


def _fitted(fixed: NDArray[np.float32], moving: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each block of `moving` shifted to where it agrees best with `fixed`."""
    wide = cv2.copyMakeBorder(moving, REACH, REACH, REACH, REACH, cv2.BORDER_CONSTANT)
    out = moving.copy()
    for top in range(0, HIGH, BLOCK):
        for left in range(0, WIDE, BLOCK):
            block = fixed[top : top + BLOCK, left : left + BLOCK]
            high, across = block.shape
            around = wide[top : top + high + 2 * REACH, left : left + across + 2 * REACH]
            if block.max() < 2 * PAPER or min(high, across) < 8:
                continue
            _, _, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(around, block, cv2.TM_CCORR_NORMED))
            out[top : top + high, left : left + across] = around[y : y + high, x : x + across]
    return out


def _alike(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each place, how well the ink of both agrees; 1 where there is next to none."""
    size = (PLACE, PLACE)
    both, first, second = (cv2.boxFilter(each, -1, size) for each in (a * b, a * a, b * b))
    agree = both / np.sqrt(np.maximum(first * second, 1.0))
    inked = np.maximum(first, second) > LEAST_INK * LEAST_INK * 4
    return np.where(inked, agree, 1.0).astype(np.float32)
