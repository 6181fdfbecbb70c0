"""Reads a page's first lines, where titles and codes stand."""

from scancheck import models
from scancheck.lines import Line, find, straightened
from scancheck.profile import Profile
from scancheck.raster import Raster

TOP = (0.02, 0.45)


def read_top(raster: Raster, skew: float, profile: Profile) -> list[tuple[str, float, float]]:
    """The first lines of a page: text, height in mm, confidence; from the top down."""
    high = raster.grey.shape[0]
    strip = straightened(raster.grey[int(TOP[0] * high) : int(TOP[1] * high)], skew)
    lines = find(strip, raster.scale, lowest_mm=2.0, highest_mm=22, gap_mm=7.0)
    lines = [line for line in lines if line.wide > 1.5 * line.high]
    texts = []
    for line in _prominent(lines, profile.title_most_lines):
        text, sure = models.read(line.cut(strip))
        texts.append((text, round(line.high / raster.scale, 1), round(sure, 3)))
    return texts


def _prominent(lines: list[Line], most: int) -> list[Line]:
    """The tallest few, in reading order."""
    tallest = sorted(lines, key=lambda line: -line.high)[:most]
    return sorted(tallest, key=lambda line: (line.y, line.x))
