"""Clarity: whether text can be read, by its sharpness and, until that is sure, by reading a few signs."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck import models
from scancheck.check import Check, Page
from scancheck.lines import Line, find
from scancheck.pieces import pieces
from scancheck.profile import Profile
from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels, Raster
from scancheck.report import Finding, Status, finding
from scancheck.verdict import Verdict

# Strips hold a line each; the middle of the page is enough.
STRIPS, STRIP_MM, MIDDLE = 4, 6.0, (0.15, 0.85)
# Which lines are read, as shares of all from head to foot, and how much of each: first ones far apart.
# They are looked for in this part of a page: most begin there, and half a page costs half.
PLACES, PIECE_SIGNS = (0.5, 0.15, 0.85, 0.35), 2
TOP, BOTTOM, RIGHT = 0.08, 0.92, 0.55
SMALL = SMALL_DPI / MM_PER_INCH
# Paper is about as light as the lightest within 7 mm; a page of text has much of it, a photo that fills the
# sheet little.
PAPER_NEAR, PAPER_LEVELS, LEAST_PAPER = 11, 40, 0.6


@dataclass(frozen=True)
class Bounds:
    """How clear text must be."""

    # Clarity is the likelihood that at most 3 % of signs are misread. Resolutions: 150 dpi leaves
    # 10.5-point signs 22 points high, about what recognition and readers need; below 100 they fail.
    least_dpi: float = 149.0
    unreadable_dpi: float = 99.0
    good: float = 0.5
    bad: float = 0.2
    # Between these the estimate is doubtful and a line's first signs are read, and then another's.
    reading: bool = True
    sure_bad: float = 0.02
    sure_good: float = 0.98


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
    bounds = profile.of(Bounds)
    sharpness = None if _is_picture(raster) else measure(raster)
    low = _resolution(raster, page, bounds)
    if sharpness is None:
        return Verdict(None, low)
    closely = bounds.reading and profile.recognise
    clarity = _closely(sharpness, raster, bounds) if closely else estimate(sharpness, raster)
    return Verdict(round(clarity, 3), low + _finding(clarity, page, bounds))


def _is_picture(raster: Raster) -> bool:
    """Whether there is no paper to speak of: then it is no text whose clarity one could judge."""
    grey = raster.small_grey[::4, ::4]
    lightest = cv2.dilate(grey, np.ones((PAPER_NEAR, PAPER_NEAR), np.uint8))
    return float((cv2.subtract(lightest, grey) < PAPER_LEVELS).mean()) < LEAST_PAPER


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


# Logistic fits to 1,999 generated pages, a quarter of which have more than 3 % of signs misread. On pages
# left out, sharpness alone gave an area under the curve of 0.95, with up to four pieces read 0.986.
BIAS, BY_EDGE, BY_CONTRAST, BY_NOISE, BY_POINTS = -1.131, -4.462, 0.442, -17.036, -0.981
READ_BIAS, BY_SHARPNESS, BY_SURENESS = -5.132, 0.533, 1.273
# Before anything is read, the page counts as this many signs read this surely (in log odds).
FIRST_SIGNS, FIRST_SURENESS = 4, 3.0
# A sign's sureness beyond these says no more.
LEAST_SURE, MOST_SURE = 0.01, 0.9999


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


def _closely(sharpness: Sharpness, raster: Raster, bounds: Bounds) -> float:
    """Clarity by sharpness; while that leaves doubt, by how surely the model reads one more line's signs."""
    score = _sharp_score(sharpness, raster)
    clarity, read = _likely(score), [FIRST_SURENESS] * FIRST_SIGNS
    for piece in _pieces(raster) if _doubtful(clarity, bounds) else ():
        read += _sureness(piece)
        clarity = _likely(READ_BIAS + BY_SHARPNESS * score + BY_SURENESS * sum(read) / len(read))
        if not _doubtful(clarity, bounds):
            break
    return clarity


def _doubtful(clarity: float, bounds: Bounds) -> bool:
    return bounds.sure_bad < clarity < bounds.sure_good


def _pieces(raster: Raster) -> Iterator[Pixels]:
    """The beginnings of a few lines from all over the page: reading costs by length."""
    small, zoom = raster.small_grey, raster.scale / SMALL
    high, wide = small.shape
    top, bottom, right = int(TOP * high), int(BOTTOM * high), int(RIGHT * wide)
    found = find(small[top:bottom, :right], SMALL, lowest_mm=1.5, highest_mm=9, gap_mm=3)
    lines = sorted((line for line in found if line.wide > 2 * line.high), key=lambda line: (line.y, line.x))
    for index in dict.fromkeys(int(share * len(lines)) for share in PLACES if lines):
        begun = _begun(lines[index]._replace(y=lines[index].y + top), small)
        yield Line(*(round(value * zoom) for value in begun)).cut(raster.grey, beside=0.12)


def _begun(line: Line, small: Pixels) -> Line:
    """A line's first signs, cut where there is most paper between two of them."""
    least, most = int((PIECE_SIGNS - 0.5) * line.high), int((PIECE_SIGNS + 0.8) * line.high)
    if line.wide <= most:
        return line
    part = small[line.y : line.y + line.high, line.x + least : line.x + most]
    return line._replace(wide=least + int(cv2.blur(part.mean(0)[None], (3, 1)).argmax()))


def _sureness(piece: Pixels) -> list[float]:
    """How sure the model is of each sign, in log odds."""
    steps = models.posteriors(piece)
    best = steps.argmax(1)
    new = (best != 0) & np.concatenate([[True], best[1:] != best[:-1]])
    sure = np.clip(steps.max(1)[new], LEAST_SURE, MOST_SURE)
    return [float(odds) for odds in np.log(sure / (1 - sure))]


def _resolution(raster: Raster, page: int, bounds: Bounds) -> tuple[Finding, ...]:
    dpi = raster.native_dpi
    if dpi is None or dpi >= bounds.least_dpi:
        return ()
    status: Status = "fail" if dpi < bounds.unreadable_dpi else "warn"
    return (finding("clarity", status, "low_resolution", page=page, dpi=round(dpi), least=bounds.least_dpi),)


def _finding(clarity: float, page: int, bounds: Bounds) -> tuple[Finding, ...]:
    if clarity >= bounds.good:
        return ()
    if clarity < bounds.bad:
        return (finding("clarity", "fail", "unclear", page=page),)
    return (finding("clarity", "unsure", "clarity_unsure", page=page),)


def run(page: Page) -> Verdict[float | None]:
    """The check of one page."""
    return check(page.raster, page.number, page.profile)


WORDS = {
    "low_resolution": (
        "第 {page} 页分辨率只有 {dpi:.0f} dpi，请用不低于 {least:.0f} dpi 重新扫描。",
        "Page {page} is only {dpi:.0f} dpi. Scan it at {least:.0f} dpi or more.",
    ),
    "unclear": (
        "第 {page} 页不清晰，文字难以辨认，请重新扫描。",
        "Page {page} is unclear; its text is hard to read. Scan it again.",
    ),
    "clarity_unsure": (
        "第 {page} 页清晰度存疑，请人工核对。",
        "It is doubtful whether page {page} is clear enough. Please check.",
    ),
}
CHECK = Check(
    name="clarity",
    about=("清晰度和分辨率", "whether text can be read, and resolution"),
    words=WORDS,
    bounds=Bounds,
    page=run,
    field="clarity",
)
