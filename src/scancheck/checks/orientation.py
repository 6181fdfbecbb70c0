"""Orientation: which way up the page's text stands, by a small model and, where it doubts, by reading."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scancheck import models
from scancheck.checks import skew
from scancheck.lines import Line, find, straightened, unstamped
from scancheck.profile import Profile
from scancheck.raster import Pixels, Raster
from scancheck.report import finding
from scancheck.verdict import Verdict

Turn = Literal[0, 90, 180, 270]
TURNS: tuple[Turn, ...] = (0, 90, 180, 270)
# Lines worth reading are so many times as wide as high, short ones first; of a long one the first
# signs are enough.
SHORTEST, USUAL, ENOUGH = 3, 18, 10
# A reading less sure than this counts nothing; what the model's own answer is worth, in signs; the share
# of what is read of columns turned left that their signs show when they stand upright.
UNSURE, MODEL_SIGNS, LEFTWARD = 0.85, 4.0, 0.5


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
    likely = models.facing(raster.small)
    first = TURNS[int(likely.argmax())]
    sure = float(likely.max()) >= profile.orientation_least
    # Most pages stand upright; what tells someone to turn a page is never the model's word alone.
    if profile.recognise and not (sure and first == 0):
        return _read(raster, likely, profile), first
    return first if sure else None, first


def _read(raster: Raster, likely: NDArray[np.float32], profile: Profile) -> Turn | None:
    """Which way can be read, the likeliest tried first; None where two ways are alike."""
    ways = [index for index in range(4) if likely[index] + likely[index - 2] >= profile.orientation_axis]
    readings = Readings(raster, {TURNS[index] for index in ways}, profile)
    shown: dict[Turn, float] = {}
    for index in sorted(ways, key=lambda index: -likely[index]):
        turn = TURNS[index]
        shown[turn] = readings.upright(turn) + MODEL_SIGNS * float(likely[index])
        if shown[turn] >= profile.orientation_legible:
            return turn
    best, next_best = sorted(shown, key=lambda turn: -shown[turn])[:2]
    return best if shown[best] - shown[next_best] >= profile.orientation_lead else None


class Readings:
    """How many signs are read surely on a few lines of the page's dark print, turned back each way."""

    def __init__(self, raster: Raster, ways: set[Turn], profile: Profile) -> None:
        self._raster, self._ways, self._most = raster, ways, profile.orientation_lines
        self._print = unstamped(raster.bgr)
        self._legible: dict[int, float] = {}

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
            grey = self._turned_back(turn)
            lines = find(grey, self._raster.scale, lowest_mm=1.8, highest_mm=9.0, gap_mm=4.0)
            chosen = sorted((line for line in lines if line.wide > SHORTEST * line.high), key=_order)
            self._legible[turn] = sum(_sure_signs(grey, line) for line in chosen[: self._most])
        return self._legible[turn]

    def _turned_back(self, turn: int) -> Pixels:
        """The print turned and straightened: lines that lean much run into each other."""
        lean = skew.measure(np.ascontiguousarray(np.rot90(self._raster.ink, turn // 90)))
        grey = np.ascontiguousarray(np.rot90(self._print, turn // 90))
        return straightened(grey, lean.degrees) if lean else grey


def _order(line: Line) -> tuple[bool, int]:
    """The longest of the usual ones, then the lowest of the long: those that lean have high boxes."""
    long = line.wide > USUAL * line.high
    return long, line.high if long else -line.wide


def _sure_signs(grey: Pixels, line: Line) -> float:
    """How many signs are read surely: the wrong way up figures come out at 0.8, the right way at 0.999."""
    text, sure = models.read(line._replace(wide=min(line.wide, ENOUGH * line.high)).cut(grey))
    return min(len(text), ENOUGH) * max(0.0, (sure - UNSURE) / (1 - UNSURE))
