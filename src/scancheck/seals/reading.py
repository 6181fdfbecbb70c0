"""Reads a seal's text: unrolls the band along the ring into a straight line, and recognises it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck import models
from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels
from scancheck.seals.inks import tint
from scancheck.seals.lifting import Floats, Lifted, lifted
from scancheck.seals.shapes import Ring

HEIGHT = 48
# A ring so many points in radius is read as well as a finer one (39 of 40 own names at 300 dpi either way,
# none of 480 twins) and lifted at half the cost.
FINE, ALMOST = 150.0, 0.95


@dataclass(frozen=True)
class Look:
    """One way to read a ring: which light, which band of the radius (makers differ), and how narrow the strip
    is made, since seals set signs wide apart and the model reads them closer."""

    light: str
    band: tuple[float, float]
    narrow: float


# By colour alone, which print hardly enters: whether a ring is a seal at all is judged by these.
BY_COLOUR = tuple(Look("colour", band, 0.7) for band in ((0.60, 0.925), (0.54, 0.89), (0.66, 0.955)))
# And with the finest strokes, which print may be taken for. Of 36 ways these tell most on generated seals at
# 150 dpi, the best first; ten of them hardly tell more.
SHARPLY = (
    Look("soft", (0.63, 0.935), 0.55),
    Look("even", (0.66, 0.955), 0.6),
    Look("soft", (0.60, 0.925), 0.65),
    Look("fine", (0.63, 0.935), 0.55),
    Look("even", (0.63, 0.935), 0.55),
    Look("wide", (0.54, 0.89), 0.65),
)
FIRST, SURE, SIGNS = 3, 0.93, 6


@dataclass(frozen=True)
class Reading:
    """What recognition made of a seal; `steps` are the model's posteriors."""

    text: str
    confidence: float
    steps: NDArray[np.float32]

    @property
    def chinese(self) -> int:
        """How many Chinese characters were read."""
        return sum("\u4e00" <= sign <= "\u9fff" for sign in self.text)

    @property
    def weight(self) -> float:
        """How good the reading is: sure, and long enough to be a name."""
        return self.confidence * min(1.0, self.chinese / 6)


class Ringside:
    """A ring on a picture of `scale` pixels per mm, cut out to be read in many ways."""

    def __init__(self, bgr: Pixels, scale: float, ring: Ring, colour: str) -> None:
        cut, self._ring = _cut_out(bgr, ring, scale / (SMALL_DPI / MM_PER_INCH))
        self._ink = lifted(cut, colour) if min(cut.shape[:2]) >= HEIGHT // 2 else None

    def readings(self, looks: Sequence[Look]) -> Iterator[Reading]:
        """What is read in one way after another."""
        if self._ink is None:
            return
        for look in looks:
            strip = _line(_unrolled(self._ink, self._ring, look), look.narrow)
            if strip is not None:
                yield _read(strip)


def first_of(looks: Iterator[Reading]) -> list[Reading]:
    """As many readings as it takes to be sure of one, three at most."""
    seen = []
    for reading in islice(looks, FIRST):
        seen.append(reading)
        if reading.confidence > SURE and reading.chinese >= SIGNS:
            break
    return seen


def _cut_out(bgr: Pixels, ring: Ring, zoom: float) -> tuple[Pixels, Ring]:
    """The piece of the page that the ring lies on, and the ring in its pixels."""
    x, y = (ring.x + 0.5) * zoom - 0.5, (ring.y + 0.5) * zoom - 0.5
    large = Ring(x, y, ring.a * zoom, ring.b * zoom, ring.angle)
    x0, y0, x1, y1 = (max(0, int(value)) for value in large.grown(1.15).box)
    return _no_finer(bgr[y0:y1, x0:x1], replace(large, x=x - x0, y=y - y0))


def _no_finer(cut: Pixels, ring: Ring) -> tuple[Pixels, Ring]:
    """The same as finely as names need it."""
    share = FINE / math.sqrt(ring.a * ring.b)
    if share > ALMOST or not cut.size:
        return cut, ring
    size = max(1, round(cut.shape[1] * share)), max(1, round(cut.shape[0] * share))
    across, down = size[0] / cut.shape[1], size[1] / cut.shape[0]
    moved = Ring(
        (ring.x + 0.5) * across - 0.5, (ring.y + 0.5) * down - 0.5, ring.a * across, ring.b * down, ring.angle
    )
    return cv2.resize(cut, size, interpolation=cv2.INTER_AREA).astype(np.uint8), moved


def read_block(bgr: Pixels, scale: float, ring: Ring, colour: str) -> Reading | None:
    """Read a square seal as lines of two characters, right column first."""
    zoom = scale / (SMALL_DPI / MM_PER_INCH)
    size = 2 * max(32, round(ring.a * zoom))
    cos, sin = math.cos(ring.angle), math.sin(ring.angle)
    steps = np.linspace(-0.9, 0.9, size, dtype=np.float32)
    across, down = np.meshgrid(steps * ring.a, steps * ring.b)
    xs = (ring.x + across * cos - down * sin) * zoom
    ys = (ring.y + across * sin + down * cos) * zoom
    return _best_turn(_contrast(_sampled(bgr, xs, ys, colour)))


def _best_turn(block: Pixels) -> Reading | None:
    """The smallest box leaves a quarter turn open: try all four."""
    best: Reading | None = None
    for turn in range(4):
        half = block.shape[0] // 2
        upright = np.rot90(block, turn)
        pair = np.ascontiguousarray(np.hstack([upright[:half, half:], upright[half:, half:]]))
        reading = _read(255 - pair)
        if best is None or reading.confidence * reading.chinese > best.confidence * best.chinese:
            best = reading
    return best


def _read(strip: Pixels) -> Reading:
    steps = models.posteriors(strip)
    return Reading(*models.decoded(steps), steps)


def _unrolled(ink: Lifted, ring: Ring, look: Look) -> Pixels:
    """The band as a picture: clockwise from the foot, outer edge up; ink bright."""
    inner, outer = look.band
    middle = (inner + outer) / 2
    mean = math.sqrt(ring.a * ring.b)
    wide = int(2 * math.pi * middle / (outer - inner) * HEIGHT)
    # Start below, in the page's own direction, whichever way the ellipse's axis points.
    turns = np.linspace(0, 2 * np.pi, wide, endpoint=False) + np.pi / 2 - ring.angle
    reach = np.linspace(outer, inner, HEIGHT)[:, None]
    # A name on an oval keeps its distance from the rim, so shrink by length, not by share.
    a, b = ring.a - (1 - reach) * mean, ring.b - (1 - reach) * mean
    along, across = a * np.cos(turns), b * np.sin(turns)
    cos, sin = math.cos(ring.angle), math.sin(ring.angle)
    xs, ys = ring.x + along * cos - across * sin, ring.y + along * sin + across * cos
    light: Floats = getattr(ink, look.light)
    picked = cv2.remap(
        light * 255, xs.astype(np.float32), ys.astype(np.float32), cv2.INTER_CUBIC, borderValue=0
    )
    return _contrast(picked)


def _sampled(bgr: Pixels, xs: NDArray[np.float64], ys: NDArray[np.float64], colour: str) -> Pixels:
    """One ink's strength at places on the page; what lies off the page is paper."""
    left, top = max(0, int(xs.min()) - 4), max(0, int(ys.min()) - 4)
    part = bgr[top : int(ys.max()) + 5, left : int(xs.max()) + 5]
    if part.size == 0:
        return np.zeros(xs.shape, np.uint8)
    ink = tint(np.ascontiguousarray(part), colour)
    columns, rows = (xs - left).astype(np.float32), (ys - top).astype(np.float32)
    picked: Pixels = cv2.remap(ink, columns, rows, cv2.INTER_LINEAR, borderValue=0)
    return picked


def _contrast(ink: NDArray[Any]) -> Pixels:
    low, high = np.percentile(ink, 40), np.percentile(ink, 98.5)
    stretched = (ink.astype(np.float32) - low) / max(8.0, float(high - low)) * 255
    return np.asarray(np.clip(stretched, 0, 255), np.uint8)


def _line(strip: Pixels, narrow: float) -> Pixels | None:
    """Cut the ring open at its widest gap; dark on white, as the model likes it."""
    high, wide = strip.shape
    occupied = _occupied(strip)
    if not occupied.any():
        return None
    start, length = _gap(occupied)
    kept = np.roll(strip, -(start + length), axis=1)[:, : max(16, wide - length)]
    padded = cv2.copyMakeBorder(255 - kept, 0, 0, 8, 8, cv2.BORDER_CONSTANT, value=255)
    return cv2.resize(
        padded, (max(16, int(padded.shape[1] * narrow)), high), interpolation=cv2.INTER_AREA
    ).astype(np.uint8)


def _occupied(strip: Pixels) -> NDArray[np.bool_]:
    """Which columns of the strip have text; the rim and the register number lie outside."""
    high = strip.shape[0]
    profile = strip[int(high * 0.3) : int(high * 0.86)].astype(np.float32).mean(0)
    smooth = np.convolve(np.concatenate([profile[-8:], profile, profile[:8]]), np.ones(9) / 9, "same")[8:-8]
    return np.asarray(smooth > max(10.0, 0.28 * float(np.percentile(smooth, 90))))


def _gap(occupied: NDArray[np.bool_]) -> tuple[int, int]:
    """The longest empty run around the ring: where it starts, and its length."""
    wide = len(occupied)
    if occupied.all():
        return 0, 0
    first = int(occupied.argmax())
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (~np.roll(occupied, -first)).astype(np.int8), [0]])))
    starts, ends = edges[::2], edges[1::2]
    longest = int((ends - starts).argmax())
    return int(starts[longest] + first) % wide, int(ends[longest] - starts[longest])
