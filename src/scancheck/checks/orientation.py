"""Orientation: which way up the page's text stands, by a small model and, where it doubts, by reading."""

import math
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck import models
from scancheck.check import Check, Page
from scancheck.checks import skew
from scancheck.lines import Line, find, straightened, unstamped
from scancheck.profile import Profile
from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels, Raster
from scancheck.report import finding
from scancheck.verdict import Verdict

SMALL = SMALL_DPI / MM_PER_INCH
Turn = Literal[0, 90, 180, 270]
TURNS: tuple[Turn, ...] = (0, 90, 180, 270)
# Lines worth reading are so many times as wide as high, short ones first; of a long one the first
# signs are enough.
SHORTEST, USUAL, ENOUGH = 3, 18, 10
# A reading less sure than this counts nothing; what the model's own answer is worth, in signs; the share
# of what is read of columns turned left that their signs show when they stand upright.
UNSURE, MODEL_SIGNS, LEFTWARD = 0.85, 4.0, 0.5
# After so many lines without a sign that is read surely the others are left unread.
HOPELESS = 2


@dataclass(frozen=True)
class Bounds:
    """How sure the answer must be."""

    # Orientation: the model was trained with smoothed labels, so 0.925 is its full certainty; its wrong
    # answers on 4,000 generated pages reached 0.922, so only "upright" is believed unread. It tells lying
    # text from standing text better: where it gave one of them 0.75 or more it was never wrong.
    # Then a few lines are read, each way until one shows enough signs; two ways whose signs are
    # nearly as many leave it open.
    least: float = 0.915
    axis: float = 0.25
    lines: int = 4
    legible: float = 14.0
    lead: float = 3.0


def check(raster: Raster, page: int, profile: Profile) -> Verdict[Turn | None]:
    """How far clockwise the content is turned; None where neither model nor reading is sure."""
    turn, likely = _answer(raster, profile)
    if turn is None:
        doubt = finding("orientation", "unsure", "orientation_unsure", page=page)
        return Verdict(None, (doubt,) if likely else ())
    if turn == 0:
        return Verdict(turn)
    return Verdict(turn, (finding("orientation", "fail", "turned", page=page, degrees=turn),))


def _answer(raster: Raster, profile: Profile) -> tuple[Turn | None, Turn]:
    """The answer, if there is one, and what the model holds most likely."""
    bounds = profile.of(Bounds)
    likely = models.facing(raster.small)
    first = TURNS[int(likely.argmax())]
    sure = float(likely.max()) >= bounds.least
    # Most pages stand upright; what tells someone to turn a page is never the model's word alone.
    if profile.recognise and not (sure and first == 0):
        return _read(raster, likely, bounds), first
    return first if sure else None, first


def _read(raster: Raster, likely: NDArray[np.float32], bounds: Bounds) -> Turn | None:
    """Which way can be read, the likeliest tried first; None where two ways are alike."""
    ways = [index for index in range(4) if likely[index] + likely[index - 2] >= bounds.axis]
    readings = Readings(raster, {TURNS[index] for index in ways}, bounds)
    shown: dict[Turn, float] = {}
    for index in sorted(ways, key=lambda index: -likely[index]):
        turn = TURNS[index]
        shown[turn] = readings.upright(turn) + MODEL_SIGNS * float(likely[index])
        if shown[turn] >= bounds.legible:
            return turn
    best, next_best = sorted(shown, key=lambda turn: -shown[turn])[:2]
    return best if shown[best] - shown[next_best] >= bounds.lead else None


class Readings:
    """How many signs are read surely on a few lines of the page's dark print, turned back each way.

    Lines are looked for at 75 dpi, and only they are cut out of the finer picture.
    """

    def __init__(self, raster: Raster, ways: set[Turn], bounds: Bounds) -> None:
        self._raster, self._ways, self._bounds = raster, ways, bounds
        self._print = unstamped(raster.small)
        self._legible: dict[int, float] = {}
        self._leans: dict[int, float] = {}

    def upright(self, turn: Turn) -> float:
        """Signs read; none where the signs themselves stand the other way.

        The model also reads columns of print that lie turned left, as it was trained to: what can be read
        turned back by 90 degrees less stands upright that way.
        """
        legible, standing = self._signs(turn), (turn - 90) % 360
        if legible and standing in self._ways and self._signs(standing) >= LEFTWARD * legible:
            return 0.0
        return legible

    def _signs(self, turn: int) -> float:
        if turn not in self._legible:
            lean, legible = self._lean(turn), 0.0
            print_ = straightened(np.ascontiguousarray(np.rot90(self._print, turn // 90)), lean)
            lines = find(print_, SMALL, lowest_mm=1.8, highest_mm=9.0, gap_mm=4.0)
            chosen = sorted((line for line in lines if line.wide > SHORTEST * line.high), key=_order)
            enough = self._bounds.legible if (turn - 90) % 360 not in self._ways else math.inf
            for read, line in enumerate(chosen[: self._bounds.lines]):
                if legible >= enough or (read >= HOPELESS and not legible):
                    break
                legible += _sure_signs(self._cut(line, turn, lean))
            self._legible[turn] = legible
        return self._legible[turn]

    def _lean(self, turn: int) -> float:
        """How far the print leans: lines that lean much run into each other."""
        axis = turn % 180
        if axis not in self._leans:
            lean = skew.measure(np.ascontiguousarray(np.rot90(self._raster.ink, axis // 90)))
            self._leans[axis] = lean.degrees if lean else 0.0
        return self._leans[axis]

    def _cut(self, line: Line, turn: int, lean: float) -> Pixels:
        """A line's first signs with a little paper round them, straight, from the finer picture."""
        zoom = self._raster.scale / SMALL
        page = np.rot90(self._raster.bgr, turn // 90)
        wide, high = min(line.wide, ENOUGH * line.high) * zoom, line.high * zoom
        left, top = line.x * zoom - high / 2, line.y * zoom - 0.28 * high
        size = int(wide + high), int(1.56 * high)
        return unstamped(_window(page, left, top, size, lean))


def _window(page: Pixels, left: float, top: float, size: tuple[int, int], lean: float) -> Pixels:
    """A part of the page as it lies once that is turned back by its lean; paper outside."""
    high, wide = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), -lean, 1)
    matrix[:, 2] -= np.array([left, top])
    back = cv2.invertAffineTransform(matrix)
    corners = np.array([[x, y, 1] for x in (0, size[0]) for y in (0, size[1])]) @ back.T
    (x0, y0), (x1, y1) = np.floor(corners.min(0)).astype(int) - 2, np.ceil(corners.max(0)).astype(int) + 2
    # Of a part that lies beside the page the nearest edge is seen.
    x0, y0 = min(max(0, x0), wide - 1), min(max(0, y0), high - 1)
    part = np.ascontiguousarray(page[y0 : max(y0 + 1, y1), x0 : max(x0 + 1, x1)])
    matrix[:, 2] += matrix[:, :2] @ (x0, y0)
    return cv2.warpAffine(part, matrix, size, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)


def _order(line: Line) -> tuple[bool, int]:
    """The longest of the usual ones, then the lowest of the long: those that lean have high boxes."""
    long = line.wide > USUAL * line.high
    return long, line.high if long else -line.wide


def _sure_signs(line: Pixels) -> float:
    """How many signs are read surely: the wrong way up figures come out at 0.8, the right way at 0.999."""
    text, sure = models.read(line)
    return min(len(text), ENOUGH) * max(0.0, (sure - UNSURE) / (1 - UNSURE))


def run(page: Page) -> Verdict[Turn | None]:
    """The check of one page."""
    return check(page.raster, page.number, page.profile)


WORDS = {
    "turned": (
        "第 {page} 页方向不正（转了 {degrees}°），请转正后重新扫描。",
        "Page {page} is turned by {degrees}°. Scan it upright.",
    ),
    "orientation_unsure": (
        "第 {page} 页文字太少，看不出方向，请人工核对。",
        "Page {page} has too little text to tell which way is up. Please check.",
    ),
}
CHECK = Check(
    name="orientation",
    about=("页面方向", "which way up a page is"),
    words=WORDS,
    bounds=Bounds,
    page=run,
    after=("blank",),
    field="orientation",
)
