"""Rings by voting: where print crosses a seal, edges of ink still point at its middle."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels, shrunk
from scancheck.seals.shapes import COS, LEAST_RIM, SIN, Mask, Points, Ring, Shape, apart, covered, judge

MM = SMALL_DPI / MM_PER_INCH
# Edges are found at half of 75 dpi and vote into cells of two points, for radii of 16 to 24 mm in
# steps that a blur over three cells spans.
HALF, CELL = MM / 2, 2
RADII = np.arange(16.0 * HALF, 24.0 * HALF, 1.2)
SPAN = 3
# Beyond the page's edge, so that a circle's middle may lie there.
MARGIN = int(24 * HALF / CELL) + 4
# Grey levels a point: scanner noise at this scale makes 1 to 3.
LEAST_SLOPE = 6.0
MOST = 5
# Shares of the radius: where the name stands, just outside the ring, and between name and star.
BAND, OUTSIDE, GROUND = (0.6, 0.9), (1.08, 1.25), (0.35, 0.55)
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Edges:
    """Points where ink begins or ends, with the direction from dark to light."""

    x: Floats
    y: Floats
    along: Floats
    down: Floats


def voted_rings(grey: Pixels, mask: Mask, least_votes: float) -> list[Shape]:
    """Rings in a picture at 75 dpi whose ink is dark, where at least this share of a ring's edge agrees."""
    votes = _votes(_edges(grey), (grey.shape[0] // 2, grey.shape[1] // 2))
    wide_mask = cv2.dilate(mask, np.ones((2, 2), np.uint8)).astype(np.uint8)
    settled = [_settled(mask, ring) for ring in _peaks(votes, least_votes)]
    found = [judge(mask, wide_mask, ring) for ring in settled if covered(wide_mask, ring)[0] > LEAST_RIM]
    return apart(sorted(found, key=lambda shape: -shape.rim))


def loneliness(mask: Mask, ring: Ring) -> float:
    """How much more ink lies on the ring than just outside it and just inside its line."""
    around = [covered(mask, ring.grown(factor))[0] for factor in (0.94, 1.06, 1.1)]
    return covered(mask, ring)[0] - sum(around) / len(around)


def relief(mask: Mask, ring: Ring) -> tuple[float, float]:
    """How much more ink a seal's band of text has than the page outside its ring, and than the
    ground between text and star. A ring drawn over print has no more; a figure in it has less."""
    x0, y0, x1, y1 = (max(0, int(value)) for value in ring.grown(1.25).box)
    part = mask[y0 : y1 + 1, x0 : x1 + 1]
    rows, columns = np.mgrid[y0 : y0 + part.shape[0], x0 : x0 + part.shape[1]]
    far, _ = ring.polar(columns, rows)
    band, outside, ground = (_density(part, far, *bounds) for bounds in (BAND, OUTSIDE, GROUND))
    return band - outside, band - ground


def _density(part: Mask, far: Points, least: float, most: float) -> float:
    place = (far > least) & (far < most)
    return float(part[place].mean()) if place.any() else 0.0


def _edges(grey: Pixels) -> Edges:
    """The crests of the picture's slope, both ways: a line's outer and inner rim point oppositely."""
    half = cv2.GaussianBlur(shrunk(grey, (grey.shape[1] // 2, grey.shape[0] // 2)), (3, 3), 0)
    along, down = (cv2.Sobel(half, cv2.CV_32F, *way, scale=0.25) for way in ((1, 0), (0, 1)))
    slope = cv2.magnitude(along, down)
    found = np.flatnonzero(_crests(slope, np.abs(along) > np.abs(down)))
    rows, columns = np.divmod(found, half.shape[1])
    steep = slope.ravel()[found]
    x, y = columns.astype(np.float32), rows.astype(np.float32)
    dx, dy = along.ravel()[found] / steep, down.ravel()[found] / steep
    both = (np.concatenate(pair) for pair in ((x, x), (y, y), (dx, -dx), (dy, -dy)))
    return Edges(*both)


def _crests(slope: Any, across: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where the slope is steeper than on either side, across upright edges and down level ones."""
    inner = slope[1:-1, 1:-1]
    level = (inner >= slope[1:-1, :-2]) & (inner > slope[1:-1, 2:])
    upright = (inner >= slope[:-2, 1:-1]) & (inner > slope[2:, 1:-1])
    crests = np.zeros(slope.shape, bool)
    crests[1:-1, 1:-1] = np.where(across[1:-1, 1:-1], level, upright) & (inner > LEAST_SLOPE)
    return crests


def _votes(edges: Edges, shape: tuple[int, int]) -> Floats:
    """For each radius and middle, the share of a whole ring's edge that points there, above what
    the print around gives."""
    high, wide = (side // CELL + 1 + 2 * MARGIN for side in shape)
    x, y = (edges.x + 0.5) / CELL + MARGIN, (edges.y + 0.5) / CELL + MARGIN
    votes = np.empty((len(RADII), high, wide), np.float32)
    for index, radius in enumerate(RADII.astype(np.float32)):
        columns, rows = (
            (x + edges.along * (radius / CELL)).astype(np.int32),
            (y + edges.down * (radius / CELL)).astype(np.int32),
        )
        cast = np.bincount(rows * np.int32(wide) + columns, minlength=high * wide)
        share = np.float32(SPAN * SPAN / (4 * np.pi * radius))
        votes[index] = cv2.blur(cast.reshape(high, wide).astype(np.float32), (SPAN, SPAN)) * share
    return votes


def _peaks(votes: Any, least: float) -> list[Ring]:
    """The few circles with most votes, at 75 dpi."""
    best = votes.max(0)
    best = best - cv2.blur(best, (13, 13))
    found = []
    for _ in range(MOST):
        _, most, _, (x, y) = cv2.minMaxLoc(best)
        if most < least:
            break
        radius = 2 * float(RADII[int(votes[:, y, x].argmax())])
        across, down = (2 * CELL * (place - MARGIN + 0.5) - 0.5 for place in (x, y))
        found.append(Ring(across, down, radius, radius))
        cv2.rectangle(best, (x - 4, y - 4), (x + 4, y + 4), -1.0, -1)
    return found


def _settled(mask: Mask, ring: Ring) -> Ring:
    """Move a circle by a pixel or two to where its rim has most ink: coarsely, then finely."""
    for step in (2, 1):
        around = [
            Ring(ring.x + dx * step, ring.y + dy * step, ring.a + dr * step, ring.b + dr * step)
            for dx, dy, dr in product((0, -1, 1), repeat=3)
        ]
        ring = around[int(_rims(mask, around).argmax())]
    return ring


def _rims(mask: Mask, circles: list[Ring]) -> Points:
    """The share of each circle's sectors that are inked; what is off the page counts as paper."""
    x, y, radius = (np.array([getattr(each, name) for each in circles])[:, None] for name in "xya")
    columns = np.rint(x + radius * COS).astype(np.int64)
    rows = np.rint(y + radius * SIN).astype(np.int64)
    seen = (rows >= 0) & (columns >= 0) & (rows < mask.shape[0]) & (columns < mask.shape[1])
    inked = mask[rows.clip(0, mask.shape[0] - 1), columns.clip(0, mask.shape[1] - 1)] * seen
    return np.asarray(inked.mean(1))
