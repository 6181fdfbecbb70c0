"""Finds rings and squares in a mask of seal ink; lengths in pixels at 75 dpi."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck.pieces import inked_part, pieces
from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels

MM = SMALL_DPI / MM_PER_INCH
SECTORS = 72
TURN = np.linspace(0, 2 * np.pi, SECTORS, endpoint=False)
COS, SIN = np.cos(TURN), np.sin(TURN)
# An ellipse with less ink on its rim than this is not worth measuring further.
LEAST_RIM = 0.3
GOOD_FIT = 0.9
# More pieces than this are print, a map or a halftone; through so many, the largest, circles are tried.
MOST_PIECES, MOST_CIRCLED = 48, 16
Mask = Pixels
Points = NDArray[Any]


@dataclass(frozen=True)
class Ring:
    """An ellipse: middle, half axes along and across `angle` (radians)."""

    x: float
    y: float
    a: float
    b: float
    angle: float = 0.0

    def grown(self, factor: float) -> "Ring":
        """The same ellipse, larger or smaller."""
        return Ring(self.x, self.y, self.a * factor, self.b * factor, self.angle)

    def rim(self) -> tuple[Points, Points]:
        """Points along it, one a sector."""
        along, across, cos, sin = self.a * COS, self.b * SIN, math.cos(self.angle), math.sin(self.angle)
        return self.x + along * cos - across * sin, self.y + along * sin + across * cos

    def polar(self, xs: Points, ys: Points) -> tuple[Points, Points]:
        """Each point's distance from the middle (1 is on the ring) and its direction."""
        # Single precision tells points apart to a thousandth and is several times faster.
        dx, dy = (np.subtract(*pair, dtype=np.float32) for pair in ((xs, self.x), (ys, self.y)))
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        along, across = (dx * cos + dy * sin) / self.a, (dy * cos - dx * sin) / self.b
        return np.hypot(along, across), np.arctan2(across, along)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The upright box around it."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        wide, high = math.hypot(self.a * cos, self.b * sin), math.hypot(self.a * sin, self.b * cos)
        return self.x - wide, self.y - high, self.x + wide, self.y + high


@dataclass(frozen=True)
class Shape:
    """A candidate with what speaks for it: each 0..1.

    `rim` is the share of the visible outline that is inked, `visible` the share of the outline
    on the page, `text` the share of sectors whose text band has some ink and some paper,
    `solid` how filled the middle is, `outside` how much ink lies just outside.
    """

    kind: str
    ring: Ring
    rim: float
    visible: float
    text: float
    solid: float
    outside: float

    @property
    def score(self) -> float:
        """How much it looks like a seal, before anyone reads it."""
        crowded, filled = max(0.0, self.outside - 0.06), max(0.0, self.solid - 0.55)
        return self.rim - 0.8 * crowded - 3 * filled - 1.2 * max(0.0, 0.45 - self.text)


def covered(mask: Mask, ring: Ring) -> tuple[float, float]:
    """The share of a ring's visible sectors that are inked, and the share that is visible."""
    xs, ys = (np.rint(each).astype(np.int64) for each in ring.rim())
    seen = (xs >= 0) & (ys >= 0) & (xs < mask.shape[1]) & (ys < mask.shape[0])
    if not seen.any():
        return 0.0, 0.0
    return float((mask[ys[seen], xs[seen]] > 0).mean()), float(seen.mean())


def judge(mask: Mask, wide_mask: Mask, ring: Ring) -> Shape:
    """Measure what speaks for a ring; `wide_mask` is the mask grown by a pixel."""
    rim, visible = covered(wide_mask, ring)
    x0, y0, x1, y1 = ring.grown(1.25).box
    left, top = max(0, int(x0)), max(0, int(y0))
    part = mask[top : max(top, int(y1) + 1), left : max(left, int(x1) + 1)]
    rows, columns = np.nonzero(part)
    far, direction = ring.polar(columns + left, rows + top)
    area = math.pi * ring.a * ring.b * max(0.2, visible)
    solid = float((far < 0.9).sum()) / (0.81 * area)
    outside = float(((far > 1.07) & (far < 1.25)).sum()) / (0.42 * area)
    text = _text_sectors(far, direction, area) / max(0.2, visible)
    kind = "round" if ring.b / ring.a > 0.86 else "oval"
    return Shape(kind, ring, rim, visible, min(1.0, text), solid, outside)


def _text_sectors(far: Points, direction: Points, area: float) -> float:
    """The share of 36 sectors whose band from 0.55 of the radius to the ring's line looks like text."""
    edge = min(0.87, _inner_edge(far, area))
    band = (far > 0.55) & (far < edge)
    if not band.any():
        return 0.0
    sector = ((direction[band] + np.pi) * (36 / (2 * np.pi))).astype(np.int64) % 36
    counts = np.bincount(sector, minlength=36)
    cell = area * (edge * edge - 0.55 * 0.55) / 36
    return float(((counts > 0.06 * cell) & (counts < 0.9 * cell)).mean())


def _inner_edge(far: Points, area: float) -> float:
    """Where the ring's line ends inwards: from the rim in, while most of each step is inked."""
    steps = np.arange(0.7, 1.001, 0.02)
    counts, _ = np.histogram(far, steps)
    full = area * (steps[1:] ** 2 - steps[:-1] ** 2)
    inked = counts > 0.6 * full
    inked[-2:] = True
    paper = np.flatnonzero(~inked)
    return float(steps[paper[-1] + 1]) if len(paper) else 0.7


def rings(mask: Mask) -> tuple[list[Shape], bool]:
    """Every ring-like figure of one ink, best first, without overlaps; and whether there was more than was
    looked at."""
    left, top, part = inked_part(mask)
    joined = cv2.morphologyEx(part, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11)))
    labels, stats = pieces(joined)
    wide_mask = cv2.dilate(mask, np.ones((3, 3), np.uint8)).astype(np.uint8)
    found: list[Shape] = []
    largest = _largest(stats)
    for place, label in enumerate(largest[:MOST_PIECES]):
        x, y, wide, high, _ = (int(value) for value in stats[label])
        window = np.s_[y : y + high, x : x + wide]
        piece = part[window] * (labels[window] == label)
        found += _around(piece, x + left, y + top, mask, wide_mask, place < MOST_CIRCLED)
    return apart(sorted(found, key=lambda shape: -shape.score)), len(largest) > MOST_PIECES


def _largest(stats: Pixels) -> list[int]:
    """The pieces large enough for a seal, those with most ink first."""
    fit = [label for label in range(1, len(stats)) if stats[label, 2:4].max() >= 9 * MM]
    fit = [label for label in fit if stats[label, 4] >= 60]
    return sorted(fit, key=lambda label: -int(stats[label, 4]))


def _around(piece: Mask, x: int, y: int, mask: Mask, wide_mask: Mask, circled: bool) -> list[Shape]:
    """Rings round one piece of ink; circles are tried where that is asked for and no plain fit is good."""
    rows, columns = np.nonzero(piece)
    if len(rows) < 40:
        return []
    points = np.stack([columns + x, rows + y], 1).astype(np.float32)
    found = _polish_all(_fits(points, piece, x, y), mask, wide_mask)
    if circled and max(piece.shape) > 22 * MM and all(shape.score < GOOD_FIT for shape in found):
        found += _polish_all(_circles(points, piece, x, y), mask, wide_mask)
    return found


def _polish_all(rings_: Iterable[Ring], mask: Mask, wide_mask: Mask) -> list[Shape]:
    likely = (ring for ring in rings_ if covered(wide_mask, ring)[0] > LEAST_RIM)
    return [_polished(mask, wide_mask, ring) for ring in likely]


def apart(shapes: list[Shape]) -> list[Shape]:
    """Drop what overlaps something better."""
    kept: list[Shape] = []
    for shape in shapes:
        if all(overlap(shape.ring.box, other.ring.box) < 0.3 for other in kept):
            kept.append(shape)
    return kept


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """Intersection over union of two boxes."""
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0
    both = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - wide * high
    return wide * high / both


def sharpened(shape: Shape, tint: Pixels, floor: int) -> Shape:
    """Measure a ring again with a level that suits its own ink, be it strong or faint."""
    xs, ys = (np.rint(each).astype(np.int64) for each in shape.ring.rim())
    seen = (xs >= 0) & (ys >= 0) & (xs < tint.shape[1]) & (ys < tint.shape[0])
    grown = cv2.dilate(tint, np.ones((3, 3), np.uint8))
    level = max(floor, 0.36 * float(np.median(grown[ys[seen], xs[seen]])))
    mask = (tint > level).astype(np.uint8)
    again = judge(mask, cv2.dilate(mask, np.ones((3, 3), np.uint8)).astype(np.uint8), shape.ring)
    return replace(again, rim=max(again.rim, shape.rim))


def _fits(points: Points, piece: Mask, x: int, y: int) -> Iterator[Ring]:
    """Ellipses that might go round a piece of ink: its hull's, and its box's."""
    hull = cv2.convexHull(points)
    if len(hull) >= 6:
        yield from _sized([_ellipse(hull)])
    high, wide = piece.shape
    yield from _sized([Ring(x + wide / 2, y + high / 2, wide / 2 - 0.5, high / 2 - 0.5)])


def _ellipse(points: Points) -> Ring:
    (x, y), (first, second), degrees = cv2.fitEllipse(points)
    if first >= second:
        return Ring(x, y, first / 2, max(second / 2, 1.0), math.radians(degrees))
    return Ring(x, y, second / 2, max(first / 2, 1.0), math.radians(degrees + 90))


def _sized(rings_: list[Ring]) -> Iterator[Ring]:
    for ring in rings_:
        if 8 * MM < max(ring.a, ring.b) < 30 * MM and min(ring.a, ring.b) > 0.5 * max(ring.a, ring.b):
            yield ring


def _circles(points: Points, piece: Mask, x: int, y: int) -> list[Ring]:
    """Circles through three points at random, those with most ink on their rim."""
    random = np.random.default_rng(1)
    first, second, third = points[random.integers(0, len(points), (3, 350))].astype(np.float64)
    middle, radius = _through(first, second, third)
    plausible = (radius > 14 * MM) & (radius < 27 * MM)
    middle, radius = middle[plausible], radius[plausible]
    if not len(radius):
        return []
    grown = cv2.dilate(cv2.copyMakeBorder(piece, 2, 2, 2, 2, cv2.BORDER_CONSTANT), np.ones((2, 2), np.uint8))
    columns = np.rint(middle[:, :1] - x + 2 + radius[:, None] * COS).astype(np.int64)
    rows = np.rint(middle[:, 1:] - y + 2 + radius[:, None] * SIN).astype(np.int64)
    inside = (rows >= 0) & (columns >= 0) & (rows < grown.shape[0]) & (columns < grown.shape[1])
    inked = grown[rows.clip(0, grown.shape[0] - 1), columns.clip(0, grown.shape[1] - 1)] * inside
    order = np.argsort(-inked.sum(1), kind="stable")
    return _spread_out(
        [Ring(middle[index][0], middle[index][1], radius[index], radius[index]) for index in order[:80]]
    )


def _spread_out(rings_: list[Ring]) -> list[Ring]:
    """At most four circles whose middles are 6 mm apart."""
    kept: list[Ring] = []
    for ring in rings_:
        if all(math.hypot(ring.x - other.x, ring.y - other.y) > 6 * MM for other in kept):
            kept.append(ring)
        if len(kept) == 4:
            break
    return kept


def _through(a: Points, b: Points, c: Points) -> tuple[Points, Points]:
    """The circles through three points each: middles and radii."""
    double = 2 * (
        a[:, 0] * (b[:, 1] - c[:, 1]) + b[:, 0] * (c[:, 1] - a[:, 1]) + c[:, 0] * (a[:, 1] - b[:, 1])
    )
    double = np.where(np.abs(double) < 1e-3, 1e-3, double)
    squares = (a * a).sum(1), (b * b).sum(1), (c * c).sum(1)
    x = (
        squares[0] * (b[:, 1] - c[:, 1]) + squares[1] * (c[:, 1] - a[:, 1]) + squares[2] * (a[:, 1] - b[:, 1])
    ) / double
    y = (
        squares[0] * (c[:, 0] - b[:, 0]) + squares[1] * (a[:, 0] - c[:, 0]) + squares[2] * (b[:, 0] - a[:, 0])
    ) / double
    return np.stack([x, y], 1), np.hypot(a[:, 0] - x, a[:, 1] - y)


def _polished(mask: Mask, wide_mask: Mask, ring: Ring) -> Shape:
    """Fit the ellipse again to the outermost ink near it, and keep whichever is better."""
    best = judge(mask, wide_mask, ring)
    refit = _refit(mask, ring)
    if refit is not None:
        again = judge(mask, wide_mask, refit)
        best = max(best, again, key=lambda shape: shape.score)
    return best


def _refit(mask: Mask, ring: Ring) -> Ring | None:
    x0, y0, x1, y1 = (int(value) for value in ring.grown(1.15).box)
    left, top = max(0, x0), max(0, y0)
    rows, columns = np.nonzero(mask[top : max(top, y1 + 1), left : max(left, x1 + 1)])
    xs, ys = columns + left + 0.0, rows + top + 0.0
    far, direction = ring.polar(xs, ys)
    near = (far > 0.9) & (far < 1.1)
    if near.sum() < 30:
        return None
    sector = ((direction[near] + np.pi) * (SECTORS / (2 * np.pi))).astype(np.int64) % SECTORS
    order = np.lexsort((-far[near], sector))
    _, first = np.unique(sector[order], return_index=True)
    chosen = order[first]
    if len(chosen) < SECTORS // 3:
        return None
    refit = _ellipse(np.stack([xs[near][chosen], ys[near][chosen]], 1).astype(np.float32))
    moved = math.hypot(refit.x - ring.x, refit.y - ring.y)
    return next(_sized([refit]), None) if moved < 0.25 * ring.a else None


def squares(mask: Mask) -> list[Shape]:
    """Square frames with something inside."""
    left, top, part = inked_part(mask)
    joined = cv2.morphologyEx(part, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    labels, stats = pieces(joined)
    found = []
    for label in range(1, len(stats)):
        x, y, wide, high, area = (int(value) for value in stats[label])
        if not 9 * MM < max(wide, high) < 50 * MM or area < 60:
            continue
        window = np.s_[y : y + high, x : x + wide]
        shape = _framed(part[window] * (labels[window] == label), x + left, y + top)
        if shape is not None:
            found.append(shape)
    return found


def _framed(piece: Mask, x: int, y: int) -> Shape | None:
    """Turn a piece of ink straight by its smallest box, and see how much of each side is inked."""
    rows, columns = np.nonzero(piece)
    if len(rows) < 60:
        return None
    (cx, cy), (wide, high), degrees = cv2.minAreaRect(np.stack([columns, rows], 1).astype(np.float32))
    if min(wide, high) < 8 * MM or not 0.62 < wide / high < 1.6:
        return None
    straight = _straight(piece, (cx, cy), (wide, high), degrees)
    rim = 3
    sides = [
        straight[:rim].max(0),
        straight[-rim:].max(0),
        straight[:, :rim].max(1),
        straight[:, -rim:].max(1),
    ]
    shares = [float((side > 0).mean()) for side in sides]
    solid = float((straight[rim:-rim, rim:-rim] > 0).mean())
    ring = Ring(x + cx, y + cy, wide / 2, high / 2, math.radians(degrees))
    text = _busy_cells(straight)
    return Shape("square", ring, min(shares) * 0.5 + sum(shares) / 8, 1.0, text, max(0.0, solid - 0.2), 0.0)


def _straight(piece: Mask, middle: tuple[float, float], size: tuple[float, float], degrees: float) -> Mask:
    margin = 4
    matrix = cv2.getRotationMatrix2D(middle, degrees, 1)
    matrix[0, 2] += size[0] / 2 + margin / 2 - middle[0]
    matrix[1, 2] += size[1] / 2 + margin / 2 - middle[1]
    turned = cv2.warpAffine(piece * 255, matrix, (int(size[0]) + margin, int(size[1]) + margin))
    return ((turned > 90)[1:-1, 1:-1]).astype(np.uint8)


def _busy_cells(straight: Mask) -> float:
    """The share of the inner 4 by 4 cells with some ink and some paper."""
    inner = straight[4:-4, 4:-4].astype(np.float32)
    if min(inner.shape) < 8:
        return 0.0
    cells = cv2.resize(inner, (4, 4), interpolation=cv2.INTER_AREA)
    return float(((cells > 0.08) & (cells < 0.85)).mean())
