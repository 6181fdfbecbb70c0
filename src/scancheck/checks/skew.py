"""Skew: the turn at which the edges of ink fall into the sharpest rows."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scancheck.check import Check, Page
from scancheck.profile import Profile
from scancheck.raster import Pixels, Raster
from scancheck.report import Status, finding
from scancheck.verdict import Verdict

Floats = NDArray[Any]
# More points than this no longer sharpen the peak.
MOST_POINTS = 7000
RANGE_DEG, COARSE_STEP, MIDDLE_STEP, FINE_STEP = 15.6, 0.6, 0.12, 0.03
# Upright strips in which lines are looked for first: over the whole width, two columns whose lines lie at
# other heights agree best at the turn that joins the lines of the one to those of the other.
STRIPS = 4


@dataclass(frozen=True)
class Bounds:
    """How far a page may lean, and what it takes to say so."""

    # Skew. The notices say "not skewed" without a figure; readers see 1 degree and mind 3.
    # Two measures from the upper and lower rims of ink that differ by 0.05 degrees, or fewer
    # than 1,200 points, gave errors above 0.03 degrees on generated pages: then it abstains.
    warn_deg: float = 1.0
    fail_deg: float = 3.0
    most_spread: float = 0.05
    # Or, where a page leans much, this share of its lean: 4.2 degrees are as plain with 0.08 more or less.
    spread_share: float = 0.02
    least_points: int = 1200
    least_peak: float = 0.15


@dataclass(frozen=True)
class Edge:
    """Points where ink ends (or begins), in pixels; x from the middle of the page."""

    x: Floats
    y: Floats

    def thinned(self, most: int) -> "Edge":
        """About `most` of the points."""
        step = max(1, len(self.x) // most)
        return Edge(self.x[::step], self.y[::step])


@dataclass(frozen=True)
class Lean:
    """A measured turn in degrees, how far two independent measures differ, and the peak's height."""

    degrees: float
    spread: float
    peak: float
    points: int


def check(raster: Raster, page: int, profile: Profile) -> Verdict[float | None]:
    """The page's skew in degrees, counter-clockwise; None where too little on it shows one."""
    bounds = profile.of(Bounds)
    lean = measure(raster.ink)
    if lean is None or lean.peak < bounds.least_peak:
        return Verdict(None)
    tilt = abs(lean.degrees)
    most = max(bounds.most_spread, bounds.spread_share * tilt)
    if lean.spread > most or lean.points < bounds.least_points:
        doubt = finding("skew", "unsure", "skew_unsure", page=page, degrees=round(tilt, 1))
        return Verdict(None, (doubt,) if tilt - lean.spread > bounds.fail_deg else ())
    degrees = round(lean.degrees, 3)
    if tilt < bounds.warn_deg:
        return Verdict(degrees)
    status: Status = "fail" if tilt >= bounds.fail_deg else "warn"
    return Verdict(degrees, (finding("skew", status, "skewed", page=page, degrees=round(tilt, 2)),))


def measure(ink: Pixels) -> Lean | None:
    """Measure the lean of an ink map; None where there is next to nothing on it."""
    level = max(18, int(np.percentile(ink[::7, ::6], 97) * 0.45))
    mask = _inner(ink > level)
    lower, upper = _edge(ink, mask, level, below=True), _edge(ink, mask, level, below=False)
    if len(lower.x) < 60 or len(upper.x) < 60:
        return None
    starts, peak = _coarse(lower.thinned(1300))
    start = _sharpest(lower, starts)
    angles = start + np.arange(-6, 7) * FINE_STEP
    gutter = _gutter(_across(lower, start), ink.shape[1])
    parts = _split(lower, start, gutter), _split(upper, start, gutter)
    below, above = (_scores(each, angles, 0.8) for each in parts)
    spread = abs(_top(angles, below) - _top(angles, above))
    return Lean(_top(angles, below + above), spread, peak, len(lower.x))


def _inner(mask: Pixels) -> Pixels:
    """Leave out the page's rim, where lids and punch holes leave marks."""
    high, wide = int(mask.shape[0] * 0.03), int(mask.shape[1] * 0.03)
    mask[:high] = mask[-high:] = False
    mask[:, :wide] = mask[:, -wide:] = False
    return mask


def _edge(ink: Pixels, mask: Pixels, level: int, *, below: bool) -> Edge:
    """Points on the lower (or upper) rims of ink, between pixels by interpolation."""
    wide = ink.shape[1]
    rim = mask[:-1] & ~mask[1:] if below else mask[1:] & ~mask[:-1]
    found = np.flatnonzero(rim)
    if len(found) > MOST_POINTS:
        found = found[np.linspace(0, len(found) - 1, MOST_POINTS).astype(np.int64)]
    flat = ink.ravel()
    inside = flat[found if below else found + wide].astype(np.float32)
    outside = flat[found + wide if below else found].astype(np.float32)
    part = np.clip((inside - level) / np.maximum(inside - outside, 1), 0, 1)
    rows, columns = np.divmod(found, wide)
    y = rows + part if below else rows + 1 - part
    return Edge((columns - wide / 2).astype(np.float32), y.astype(np.float32))


def _scores(parts: list[Edge], angles: Floats, width: float) -> Floats:
    """How unevenly the points fall into rows of `width` pixels when turned back by each angle."""
    return np.asarray(np.sum([_unevenness(part, angles, width) for part in parts], axis=0))


def _unevenness(edge: Edge, angles: Floats, width: float) -> Floats:
    slopes = np.tan(np.radians(angles)).astype(np.float32)[:, None]
    rows = (edge.y + slopes * edge.x) * np.float32(1 / width)
    rows -= rows.min()
    whole = rows.astype(np.int32)
    part = (rows - whole).ravel()
    most = int(whole.max()) + 2
    place = (whole + (np.arange(len(angles), dtype=np.int32) * most)[:, None]).ravel()
    size = most * len(angles)
    counts = np.bincount(place, 1 - part, size)[:size] + np.bincount(place + 1, part, size)[:size]
    return np.asarray((counts.reshape(len(angles), most) ** 2).sum(1))


def _coarse(edge: Edge) -> tuple[set[float], float]:
    """The best of the range over the whole width and within strips, and how far the peak stands out."""
    angles = np.arange(-RANGE_DEG, RANGE_DEG + 0.01, COARSE_STEP)
    scores = _scores([edge], angles, 2.5)
    usual = float(np.median(scores))
    within = _scores(_strips(edge), angles, 2.5)
    best = {float(angles[each.argmax()]) for each in (scores, within)}
    return best, (float(scores.max()) - usual) / usual


def _middle(parts: list[Edge], start: float) -> float:
    angles = start + np.arange(-5, 6) * MIDDLE_STEP
    return float(angles[_scores(parts, angles, 1.2).argmax()])


def _sharpest(edge: Edge, starts: set[float]) -> float:
    """The turn, of those near each start, whose rows are sharpest within strips."""
    strips, thin = _strips(edge), edge.thinned(3500)
    near = {_middle(parts, start) for start in starts for parts in ([thin], _strips(thin))}
    return max(near, key=lambda start: float(_scores(strips, np.array([start]), 1.2)[0]))


def _strips(edge: Edge) -> list[Edge]:
    """The points of each upright strip."""
    bounds = np.linspace(edge.x.min(), edge.x.max() + 1, STRIPS + 1)
    sides = [(edge.x >= left) & (edge.x < right) for left, right in pairwise(bounds)]
    return [Edge(edge.x[side], edge.y[side]) for side in sides if side.any()]


def _split(edge: Edge, degrees: float, gutter: float | None) -> list[Edge]:
    """Columns of text apart: their lines don't meet, and would pull each other's rows."""
    if gutter is None:
        return [edge]
    left = _across(edge, degrees) < gutter
    return [Edge(edge.x[side], edge.y[side]) for side in (left, ~left) if side.any()]


def _across(edge: Edge, degrees: float) -> Floats:
    """How far right of the middle each point would be on a straight page."""
    return np.asarray(edge.x - edge.y * np.float32(np.tan(np.radians(degrees))))


def _gutter(across: Floats, wide: int) -> float | None:
    """Where an empty band of 4 to 25 mm runs down the middle of the page."""
    first, step, count = -wide * 0.2, 3.0, int(wide * 0.4 / 3)
    place = ((across - first) / step).astype(np.int32)
    counts = np.bincount(place[(place >= 0) & (place < count)], minlength=count)
    busy = np.sort(counts[counts > 0])
    if not len(busy):
        return None
    quiet = np.concatenate([[False], counts < max(1, 0.06 * float(busy[len(busy) // 2])), [False]])
    turns = np.flatnonzero(np.diff(quiet.astype(np.int8)))
    starts, ends = turns[::2], turns[1::2]
    if not len(starts):
        return None
    widest = int((ends - starts).argmax())
    length = int(ends[widest] - starts[widest])
    return float(first + step * (starts[widest] + length / 2)) if 4 <= length <= 25 else None


def _top(angles: Floats, scores: Floats) -> float:
    """The peak between the steps, by the parabola through it and its neighbours."""
    best = int(scores[1:-1].argmax()) + 1
    before, peak, after = (float(score) for score in scores[best - 1 : best + 2])
    bend = before - 2 * peak + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float(angles[best]) + FINE_STEP * max(-1.0, min(1.0, shift))


def run(page: Page) -> Verdict[float | None]:
    """The check of one page."""
    return check(page.raster, page.number, page.profile)


WORDS = {
    "skewed": (
        "第 {page} 页倾斜 {degrees:.1f}°，请重新扫描。",
        "Page {page} is skewed by {degrees:.1f}°. Scan it again.",
    ),
    "skew_unsure": (
        "第 {page} 页可能倾斜（约 {degrees:.0f}°），请人工核对。",
        "Page {page} may be skewed (about {degrees:.0f}°). Please check.",
    ),
}
CHECK = Check(
    name="skew",
    about=("倾斜", "skewed pages"),
    words=WORDS,
    bounds=Bounds,
    page=run,
    field="skew_deg",
)
