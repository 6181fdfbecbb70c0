"""One page's picture, and the smaller ones the checks look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import cv2
from numpy.typing import NDArray

# Grey levels, 0..255: two axes, or three with blue, green, red.
Pixels = NDArray[Any]
MM_PER_INCH = 25.4
# The two resolutions the checks work at: text at about 150 dpi, shapes at 75.
WORK_DPI, SMALL_DPI = 150.0, 75.0

TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


@dataclass
class Raster:
    """A picture of a page, upright as its /Rotate says; `scale` is pixels per nominal millimetre."""

    bgr: Pixels
    scale: float
    native_dpi: float | None
    source: str
    whole: Callable[[], Pixels | None] | None = None

    def finest(self) -> tuple[Pixels, float]:
        """The picture as finely as it was scanned, and its pixels per nominal millimetre."""
        picture = self.whole() if self.whole else None
        if picture is None:
            return self.bgr, self.scale
        return picture, self.scale * picture.shape[1] / self.bgr.shape[1]

    @cached_property
    def grey(self) -> Pixels:
        """Grey at working resolution."""
        return cv2.cvtColor(self.bgr, cv2.COLOR_BGR2GRAY)

    @cached_property
    def small(self) -> Pixels:
        """Colour at 75 dpi."""
        factor = SMALL_DPI / MM_PER_INCH / self.scale
        size = round(self.bgr.shape[1] * factor), round(self.bgr.shape[0] * factor)
        return shrunk(self.bgr, (max(8, size[0]), max(8, size[1])))

    @cached_property
    def planes(self) -> Sequence[Pixels]:
        """Blue, green and red at 75 dpi."""
        return cv2.split(self.small)

    @cached_property
    def small_grey(self) -> Pixels:
        """Grey at 75 dpi."""
        return cv2.cvtColor(self.small, cv2.COLOR_BGR2GRAY)

    @cached_property
    def ink(self) -> Pixels:
        """How much darker each point is than the paper around it, at 75 dpi."""
        return cv2.subtract(cv2.blur(self.small_grey, (31, 31)), self.small_grey)

    def turned(self, degrees: int) -> "Raster":
        """The same picture turned clockwise by a multiple of 90 degrees."""
        if degrees == 0:
            return self
        bgr = rotated(self.bgr, degrees)
        whole = self.whole
        finer = None if whole is None else lambda: rotated(whole(), degrees)
        return Raster(bgr, self.scale, self.native_dpi, self.source, finer)


def shrunk(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """The picture at `size` (wide, high): halved while that is exact and fast, then the rest."""
    high, wide = picture.shape[:2]
    if wide >= 2 * size[0] and high >= 2 * size[1]:
        half = picture[: high // 2 * 2, : wide // 2 * 2]
        return shrunk(cv2.resize(half, (wide // 2, high // 2), interpolation=cv2.INTER_AREA), size)
    if (wide, high) == size:
        return picture
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def rotated(picture: Pixels | None, degrees: int) -> Any:
    """Turned clockwise; None stays None."""
    if picture is None or degrees % 360 == 0:
        return picture
    return cv2.rotate(picture, TURNS[degrees % 360])
