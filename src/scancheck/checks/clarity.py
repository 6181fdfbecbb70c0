"""Clarity: whether text can be read, by sharpness and by single signs; where doubtful, by reading some."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck import models
from scancheck.lines import Line, find
from scancheck.pieces import pieces
from scancheck.profile import Profile
from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels, Raster
from scancheck.report import Finding, Status, finding
from scancheck.verdict import Verdict

# Strips hold a line each; the middle of the page is enough.
STRIPS, STRIP_MM, MIDDLE = 4, 6.0, (0.15, 0.85)
# Signs looked at one by one, and the fewest that tell anything; the short pieces that are read.
MOST_SIGNS, LEAST_SIGNS, PIECES, PIECE_SIGNS = 40, 6, 3, 3
SMALL = SMALL_DPI / MM_PER_INCH


@dataclass(frozen=True)
class Sharpness:
    """What a few inky strips show: edge width in mm, contrast 0..1, noise against contrast,
    and the height of signs in mm."""

    edge_mm: float
    contrast: float
    noise: float
    sign_mm: float


def check(raster: Raster, page: int, profile: Profile) -> Verdict[float | None]:
    """How likely the text can be read, 0..1; None where there is no text to judge by."""
    sharpness = measure(raster)
    low = _resolution(raster, page, profile)
    if sharpness is None:
        return Verdict(None, low)
    closely = profile.clarity_reading and profile.recognise
    clarity = _closely(sharpness, raster, profile) if closely else estimate(sharpness, raster)
    return Verdict(round(clarity, 3), low + _finding(clarity, page, profile))


def measure(raster: Raster) -> Sharpness | None:
    """Measure the inkiest strips of a page; None where there are hardly any edges."""
    strips = _strips(raster)
    across = cv2.convertScaleAbs(cv2.Sobel(strips, cv2.CV_16S, 1, 0, ksize=1))
    down = cv2.convertScaleAbs(cv2.Sobel(strips, cv2.CV_16S, 0, 1, ksize=1))
    slope = cv2.max(across, down)
    square = np.ones((9, 9), np.uint8)
    span = cv2.subtract(cv2.dilate(strips, square), cv2.erode(strips, square))
    strong = float(np.percentile(span[::3, ::3], 98))
    steepest = slope == cv2.dilate(slope, np.ones((3, 3), np.uint8))
    edges = (span > max(25.0, 0.6 * strong)) & steepest & (slope > 6)
    if edges.sum() < 150:
        return None
    widths = 2 * span[edges].astype(np.float32) / np.maximum(slope[edges], 1)
    quiet = across[::3, ::2][span[::3, ::2] < 0.3 * strong]
    noise = float(np.percentile(quiet, 80)) / strong if len(quiet) > 500 else 0.2
    return Sharpness(float(np.median(widths)) / raster.scale, strong / 255, noise, _sign_height(raster))


def estimate(sharpness: Sharpness, raster: Raster) -> float:
    """Clarity from sharpness alone."""
    return _likely(_sharp_score(sharpness, raster))


# Logistic fits to generated pages of which a fifth to a quarter has more than 3 % of signs misread.
# Sharpness alone (150 pages) gave an area under the curve of 0.94 on others; with single signs
# (449 pages, tried on the third left out) 0.976; with three pieces read where that is doubtful, 0.988.
BIAS, BY_EDGE, BY_CONTRAST, BY_NOISE, BY_POINTS = -2.789, -3.226, 0.716, -19.638, 0.484
SIGNS_BIAS, READ_BIAS, BY_SIGNS, BY_DOUBT, LEAST_DOUBT = 13.495, -2.472, 0.944, -1.13, 0.003


def _sharp_score(sharpness: Sharpness, raster: Raster) -> float:
    native = min(raster.native_dpi or 150.0, 300.0)
    return (
        BIAS
        + BY_EDGE * math.log(max(0.05, sharpness.edge_mm / sharpness.sign_mm))
        + BY_CONTRAST * math.log(max(0.02, sharpness.contrast))
        + BY_NOISE * sharpness.noise
        + BY_POINTS * math.log(max(4.0, sharpness.sign_mm / 25.4 * native))
    )


def _likely(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _strips(raster: Raster) -> Pixels:
    """The few strips across the page with the most ink, one above the other."""
    grey, high = raster.grey, raster.grey.shape[0]
    deep = int(STRIP_MM * raster.scale)
    rows = max(4, high // deep)
    busy = _thumb(raster.small_grey, rows)[:, 4:-4].std(1)
    busy[0] = busy[-1] = 0
    tops = [int(row * high / rows) for row in np.sort(np.argsort(-busy)[:STRIPS])]
    left, right = int(MIDDLE[0] * grey.shape[1]), int(MIDDLE[1] * grey.shape[1])
    return np.vstack([grey[top : top + deep, left:right] for top in tops if top + deep <= high])


def _thumb(grey: Pixels, rows: int) -> NDArray[np.float32]:
    """About 64 by `rows` means of equal cells: whole cells are several times faster to add up."""
    deep, wide = max(1, grey.shape[0] // rows), max(1, grey.shape[1] // 64)
    columns = grey.shape[1] // wide
    whole = grey[: rows * deep, : columns * wide]
    return cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32)


def _sign_height(raster: Raster) -> float:
    """The usual height of signs, in mm: of pieces of ink that are about as wide as high."""
    high_, wide_ = raster.ink.shape
    mask = (raster.ink[high_ // 8 : high_ * 5 // 8, wide_ // 5 : wide_ * 4 // 5] > 30).astype(np.uint8)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((2, 2), np.uint8))
    _, stats = pieces(joined)
    wide, high, area = stats[1:, 2], stats[1:, 3], stats[1:, 4]
    mm = 75 / 25.4
    signs = (
        (high > 1.2 * mm)
        & (high < 12 * mm)
        & (wide > 0.5 * high)
        & (wide < 1.6 * high)
        & (area > 0.15 * wide * high)
    )
    return float(np.median(high[signs])) / mm if signs.sum() >= 8 else 3.5


@dataclass(frozen=True)
class Signs:
    """What the usual sign shows, against its own contrast: the share of points neither ink nor paper, the
    steepest and the mean step from point to point, the share of ink."""

    between: float
    steepest: float
    rough: float
    inked: float


# What pages with too few signs to tell are taken to have: the generated pages' medians.
USUAL = Signs(0.29, 0.484, 0.164, 0.356)


def _closely(sharpness: Sharpness, raster: Raster, profile: Profile) -> float:
    """Sharpness and single signs together; where they leave doubt, the model's doubt of a few signs too."""
    signs = _signs(raster) or USUAL
    native = min(raster.native_dpi or 150.0, 300.0)
    score = (
        SIGNS_BIAS
        - 4.165 * math.log(max(0.05, sharpness.edge_mm / sharpness.sign_mm))
        - 23.285 * sharpness.noise
        - 2.684 * math.log(max(4.0, sharpness.sign_mm / MM_PER_INCH * native))
        - 15.469 * signs.between
        - 4.787 * signs.steepest
        + 16.048 * signs.rough
        - 8.607 * signs.inked
        + 4.851 * math.log(native / 150)
    )
    clarity = _likely(score)
    if not profile.clarity_sure_bad < clarity < profile.clarity_sure_good:
        return clarity
    sure = [one for piece in _pieces(raster) for one in _sureness(piece, raster.grey)]
    doubt = 1 - sum(sure) / len(sure) if sure else 0.5
    return _likely(READ_BIAS + BY_SIGNS * score + BY_DOUBT * math.log(doubt + LEAST_DOUBT))


def _signs(raster: Raster) -> Signs | None:
    """The medians of some signs from all over the page; None where there are hardly any."""
    boxes = _boxes(raster)
    if len(boxes) < LEAST_SIGNS:
        return None
    chosen = boxes[np.unique(np.linspace(0, len(boxes) - 1, MOST_SIGNS).astype(int))]
    zoom = raster.scale / SMALL
    cuts = [
        raster.grey[int(y * zoom) : int((y + high) * zoom) + 1, int(x * zoom) : int((x + wide) * zoom) + 1]
        for x, y, wide, high in chosen.tolist()
    ]
    shown = [_sign(cut) for cut in cuts if min(cut.shape) >= 4]
    return Signs(*(float(value) for value in np.median(np.array(shown), 0))) if shown else None


def _boxes(raster: Raster) -> NDArray[np.int32]:
    """Pieces of ink about as large as signs, at 75 dpi: x, y, width, height."""
    high, wide = raster.ink.shape
    top, left = high // 10, wide // 10
    mask = (raster.ink[top : high * 9 // 10, left : wide * 9 // 10] > 30).astype(np.uint8)
    _, stats = pieces(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((2, 2), np.uint8)))
    found = stats[1:]
    across, down, area = found[:, 2], found[:, 3], found[:, 4]
    sized = (down > 1.2 * SMALL) & (down < 12 * SMALL) & (across > 0.4 * down) & (across < 1.8 * down)
    boxes: NDArray[np.int32] = found[sized & (area > 0.15 * across * down)][:, :4] + (left, top, 0, 0)
    return boxes


def _sign(cut: Pixels) -> tuple[float, float, float, float]:
    """`between`, `steepest`, `rough` and `inked` of one sign."""
    greys = np.sort(cut, axis=None)
    many = len(greys)
    low, high = int(greys[many // 20]), int(greys[many - 1 - many // 20])
    contrast = max(1, high - low)
    ink, middle, paper = np.searchsorted(greys, [low + share * contrast for share in (0.3, 0.5, 0.7)])
    across = np.sort(cv2.absdiff(cut[:, 1:], cut[:, :-1]), axis=None)
    down = np.sort(cv2.absdiff(cut[1:], cut[:-1]), axis=None)
    steepest = (int(across[int(0.95 * len(across))]) + int(down[int(0.95 * len(down))])) / 2 / contrast
    rough = (float(across.mean()) + float(down.mean())) / 2 / contrast
    return (paper - ink) / many, steepest, rough, middle / many


def _pieces(raster: Raster) -> list[Line]:
    """The first signs of three lines from head to foot: reading costs by length."""
    small, zoom = raster.small_grey, raster.scale / SMALL
    top, bottom = int(0.08 * small.shape[0]), int(0.92 * small.shape[0])
    found = find(small[top:bottom], SMALL, lowest_mm=1.5, highest_mm=9, gap_mm=3)
    lines = sorted((line for line in found if line.wide > 2.5 * line.high), key=lambda line: (line.y, line.x))
    if not lines:
        return []
    spread = np.unique(np.linspace(0, len(lines) - 1, 2 * PIECES + 1).round().astype(int)[1::2])
    return [_piece(lines[index], top, zoom) for index in spread]


def _piece(line: Line, top: int, zoom: float) -> Line:
    """A line's beginning, in points of the page's picture."""
    wide = min(line.wide, PIECE_SIGNS * line.high)
    return Line(*(round(value * zoom) for value in (line.x, line.y + top, wide, line.high)))


def _sureness(line: Line, picture: Pixels) -> list[float]:
    """How sure the model is of each sign."""
    steps = models.posteriors(line.cut(picture))
    best = steps.argmax(1)
    new = (best != 0) & np.concatenate([[True], best[1:] != best[:-1]])
    return [float(value) for value in steps.max(1)[new]]


def _resolution(raster: Raster, page: int, profile: Profile) -> tuple[Finding, ...]:
    dpi = raster.native_dpi
    if dpi is None or dpi >= profile.least_dpi:
        return ()
    status: Status = "fail" if dpi < profile.unreadable_dpi else "warn"
    return (finding("clarity", status, "low_resolution", page=page, dpi=round(dpi), least=profile.least_dpi),)


def _finding(clarity: float, page: int, profile: Profile) -> tuple[Finding, ...]:
    if clarity >= profile.clarity_good:
        return ()
    if clarity < profile.clarity_bad:
        return (finding("clarity", "fail", "unclear", page=page),)
    return (finding("clarity", "unsure", "clarity_unsure", page=page),)
