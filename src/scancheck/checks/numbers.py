"""Printed page numbers: reads the few short lines at a page's head and foot."""

from scancheck import models
from scancheck.lines import Line, find, straightened
from scancheck.numerals import Candidate, parse
from scancheck.profile import Profile
from scancheck.raster import Pixels, Raster

# Where page numbers stand: GB/T 9704 sets them 7 mm below the text area; printers' footers vary.
FOOT, HEAD = (0.885, 0.992), (0.012, 0.085)


def candidates(raster: Raster, skew: float, profile: Profile) -> list[Candidate]:
    """What may be page numbers, the foot's first; stops at the first place that has a sure one."""
    found: list[Candidate] = []
    for place, (top, bottom) in (("foot", FOOT), ("head", HEAD)):
        found += _at(raster, place, top, bottom, skew, profile)
        if any(each.printed.form != "bare" or each.confidence > 0.9 for each in found):
            break
    return found


def from_text(lines: list[tuple[str, float, float]]) -> list[Candidate]:
    """The same from a text layer: text, middle across 0..1, middle down 0..1."""
    found = []
    for text, across, down in lines:
        printed = parse(text) if down > FOOT[0] or down < HEAD[1] else None
        if printed:
            found.append(Candidate(printed, "foot" if down > 0.5 else "head", round(across, 3), 1.0))
    return found


def _at(
    raster: Raster, place: str, top: float, bottom: float, skew: float, profile: Profile
) -> list[Candidate]:
    strip = _strip(raster.grey, top, bottom, skew)
    wide = strip.shape[1]
    lines = [
        line
        for line in find(strip, raster.scale, lowest_mm=1.3, highest_mm=7.5, gap_mm=5.5)
        if _short(line, wide)
    ]
    lines.sort(key=lambda line: -line.y if place == "foot" else line.y)
    found = []
    for line in lines[: profile.number_most_lines]:
        text, sure = models.read(line.cut(strip))
        printed = parse(text)
        if printed and sure >= profile.number_least_confidence:
            found.append(Candidate(printed, place, round((line.x + line.wide / 2) / wide, 3), round(sure, 3)))
    return found


def _short(line: Line, wide: int) -> bool:
    """Numbers are short and don't touch the sheet's sides."""
    return line.wide < 0.4 * wide and line.x > 0.03 * wide and line.x + line.wide < 0.985 * wide


def _strip(grey: Pixels, top: float, bottom: float, skew: float) -> Pixels:
    """A strip across the page, straightened; it reaches further where the page leans."""
    high, wide = grey.shape
    reach = int(abs(skew) / 57.3 * wide * 0.5)
    first, last = max(0, int(high * top) - reach), min(high, int(high * bottom) + reach)
    return straightened(grey[first:last], skew)
