"""Clarity: whether the text can be read, by sharpness and size; where doubtful, by reading some."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck import models
from scancheck.lines import Line, find
from scancheck.pieces import pieces
from scancheck.profile import Profile
from scancheck.raster import Pixels, Raster
from scancheck.report import Finding, Status, finding
from scancheck.verdict import Verdict

# Strips hold a line each; the middle of the page is enough.
STRIPS, STRIP_MM, MIDDLE = 4, 6.0, (0.15, 0.85)
FEW_LINES = 6


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
    clarity = estimate(sharpness, raster)
    if (
        profile.clarity_reading
        and profile.recognise
        and profile.clarity_sure_bad < clarity < profile.clarity_sure_good
    ):
        clarity = _by_reading(raster, _sharp_score(sharpness, raster))
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


# Logistic fits to generated pages, 19 % of them with more than 3 % of signs misread: sharpness alone
# (150 pages) gave an area under the curve of 0.963, with two pieces of five signs read (200) 0.993.
BIAS, BY_EDGE, BY_CONTRAST, BY_NOISE, BY_POINTS = -2.789, -3.226, 0.716, -19.638, 0.484
READ_BIAS, BY_SHARPNESS, BY_DOUBT, LEAST_DOUBT = -4.976, 1.218, -1.752, 0.003


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


def _by_reading(raster: Raster, sharp: float) -> float:
    """Read pieces of two lines, and weigh the model's doubt together with the sharpness."""
    sure = [one for piece in _pieces(raster) for one in _sureness(piece, raster.grey)]
    doubt = 1 - sum(sure) / len(sure) if sure else 0.1
    return _likely(READ_BIAS + BY_SHARPNESS * sharp + BY_DOUBT * math.log(doubt + LEAST_DOUBT))


def _pieces(raster: Raster) -> list[Line]:
    """The beginnings of two lines: of the page's upper half if it has a few, else of the whole."""
    high = raster.grey.shape[0]
    top = int(0.1 * high)
    for bottom in (0.5, 0.9):
        found = find(
            raster.grey[top : int(bottom * high)], raster.scale, lowest_mm=1.5, highest_mm=9, gap_mm=3
        )
        pieces = [_piece(line._replace(y=line.y + top)) for line in found if line.wide > 1.5 * line.high]
        if len(pieces) >= FEW_LINES:
            break
    pieces.sort(key=lambda piece: -piece.wide)
    return pieces[:: max(1, len(pieces) // 3)][:2]


def _sureness(line: Line, picture: Pixels) -> list[float]:
    """How sure the model is of each sign."""
    steps = models.posteriors(line.cut(picture))
    best = steps.argmax(1)
    new = (best != 0) & np.concatenate([[True], best[1:] != best[:-1]])
    return [float(value) for value in steps.max(1)[new]]


def _piece(line: Line) -> Line:
    """A line's first few signs: reading costs by length."""
    return line._replace(wide=min(line.wide, 5 * line.high))


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
