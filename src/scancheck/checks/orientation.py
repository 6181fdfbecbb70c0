"""Orientation: which way up the page's text stands, by a small model and, where it doubts, by reading."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scancheck import models
from scancheck.lines import Line, find
from scancheck.profile import Profile
from scancheck.raster import Pixels, Raster
from scancheck.report import finding
from scancheck.verdict import Verdict

Turn = Literal[0, 90, 180, 270]
TURNS: tuple[Turn, ...] = (0, 90, 180, 270)
# Lines worth reading are so many times as wide as high, short ones first; of a long one the first
# signs are enough.
SHORTEST, USUAL, ENOUGH = 4, 18, 10


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
    if sure or not profile.recognise:
        return first if sure else None, first
    return _read(raster, likely, profile), first


def _read(raster: Raster, likely: NDArray[np.float32], profile: Profile) -> Turn | None:
    """Which way can be read, the likeliest tried first; wrong ways come out as a few doubtful signs."""
    tried: list[tuple[float, Turn]] = []
    for index in np.argsort(-likely).tolist():
        turn: Turn = TURNS[index]
        legible = _legible(raster, turn, profile)
        if legible >= profile.orientation_legible:
            return turn
        tried.append((legible + float(likely[index]) / 2, turn))
    (best, turn), (next_best, _) = sorted(tried, reverse=True)[:2]
    return turn if best - next_best >= profile.orientation_lead else None


def _legible(raster: Raster, turn: Turn, profile: Profile) -> float:
    """0 to 1: how surely a few lines are read when the page is turned back by `turn`."""
    grey = np.ascontiguousarray(np.rot90(raster.grey, turn // 90))
    lines = find(grey, raster.scale, lowest_mm=1.8, highest_mm=9.0, gap_mm=4.0)
    chosen = sorted((line for line in lines if line.wide > SHORTEST * line.high), key=_order)
    most = profile.orientation_lines
    return sum(_sureness(grey, line) for line in chosen[:most]) / most


def _order(line: Line) -> tuple[bool, int]:
    """The longest of the usual ones, then the lowest of the long: those that lean have high boxes."""
    long = line.wide > USUAL * line.high
    return long, line.high if long else -line.wide


def _sureness(grey: Pixels, line: Line) -> float:
    """How surely six Chinese signs are read; figures count half, for many are figures upside down too."""
    text, sure = models.read(line._replace(wide=min(line.wide, ENOUGH * line.high)).cut(grey))
    chinese = sum("\u4e00" <= sign <= "\u9fff" for sign in text)
    return sure * min(1.0, (len(text) + chinese) / 12)
