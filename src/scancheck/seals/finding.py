"""Puts the parts together: candidates of each ink, confirmation, and what to say about them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np

from scancheck.profile import Profile
from scancheck.raster import MM_PER_INCH, SMALL_DPI, Pixels, Raster
from scancheck.report import Box, Finding, Seal, finding
from scancheck.seals import inks
from scancheck.seals.bounds import Bounds
from scancheck.seals.evidence import weighed
from scancheck.seals.matching import agreement
from scancheck.seals.names import plain
from scancheck.seals.reading import BY_COLOUR, SHARPLY, Reading, Ringside, first_of, read_block
from scancheck.seals.shapes import Shape, apart, overlap, rings, sharpened, squares
from scancheck.seals.voting import loneliness, relief, voted_rings
from scancheck.verdict import Verdict

MM = SMALL_DPI / MM_PER_INCH
# What mere strokes are read as: ridges of a thumb, rules, a loop drawn by hand.
STROKES = frozenset("一二三十ーニンノ丨丶|Il1-—_~·・.,、。…")
# How wide seals of units are, in mm.
LEAST_UNIT, MOST_UNIT = 32.0, 52.0
Colour = Literal["red", "blue", "black", "grey"]


@dataclass(frozen=True)
class Candidate:
    """A figure that may be a seal, with the ink it was found in, what was read in it and how well that
    agrees with the applicant's name; `lonely`, `above` and `inward` are what `loneliness` and `relief`
    say of its ring."""

    shape: Shape
    ink: str
    reading: Reading | None = None
    lonely: float = 1.0
    above: float = 1.0
    inward: float = 1.0
    matches: float | None = None
    sure: float | None = None


def check(raster: Raster, page: int, name: str | None, profile: Profile) -> Verdict[tuple[Seal, ...]]:
    """The seals on an upright page, each compared with the applicant's `name` where one is given."""
    bounds = profile.of(Bounds)
    bounds = replace(bounds, read=bounds.read and profile.recognise)
    candidates = find(raster, bounds)
    if bounds.read and candidates:
        picture, scale = raster.finest()
        candidates = [_read(candidate, picture, scale, name, bounds) for candidate in candidates]
    seals = [_seal(candidate, raster, bounds) for candidate in candidates]
    kept = tuple(seal for seal in seals if seal.confidence >= bounds.least_confidence)
    return Verdict(kept, _findings(kept, page, name, bounds))


def find(raster: Raster, bounds: Bounds) -> list[Candidate]:
    """Figures worth reading, from red, then blue, then (where nothing is coloured) dark ink."""
    found: list[Candidate] = []
    if inks.colourful(raster, bounds):
        fringes = inks.fringes(raster, bounds)
        second = (inks.CRIMSON,) if inks.brown(raster, bounds) else ()
        for colour in (*second, *inks.MIXES):
            found = _without_twins(found, _coloured(raster, colour, fringes, bounds))
    elif bounds.dark:
        found += _dark(raster, bounds)
    return _likeliest(found, bounds)


def _without_twins(found: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    """What was found before, and of `more` what lies elsewhere or looks better."""
    kept = [each for each in found if not any(_better(other, each) for other in more)]
    return kept + [each for each in more if not any(_same_place(each, other) for other in kept)]


def _same_place(a: Candidate, b: Candidate) -> bool:
    return overlap(a.shape.ring.box, b.shape.ring.box) >= 0.3


def _better(a: Candidate, b: Candidate) -> bool:
    return _same_place(a, b) and a.shape.score > b.shape.score


def _coloured(raster: Raster, colour: str, fringes: Pixels | None, bounds: Bounds) -> list[Candidate]:
    mask, tint = inks.mask(raster, colour, bounds), inks.mixed(raster.planes, colour)
    if fringes is not None:
        mask[fringes > 0], tint[fringes > 0] = 0, 0
    if np.count_nonzero(mask) < bounds.least_points:
        return []
    figures, crowded = rings(mask)
    shapes = _judged(figures, tint, bounds)
    square = [shape for shape in squares(mask) if shape.score >= bounds.square_score]
    # Where an ink is all over the page, a fainter look shows only more of the same.
    for level in () if crowded else (bounds.faint_level, bounds.faintest_level):
        if not any(shape.score >= bounds.sure_score for shape in shapes + square):
            mask, fainter = _fainter(tint, level, bounds)
            shapes += _judged(fainter, tint, bounds)
    framed = [shape for shape in square if shape.score >= bounds.sure_score]
    certain = [shape for shape in shapes if shape.score >= bounds.sure_score]
    return [_measured(shape, colour, mask) for shape in apart(framed + certain + square + shapes)]


def _likeliest(found: list[Candidate], bounds: Bounds) -> list[Candidate]:
    """As many figures as it is worth to read."""
    sure = [each for each in found if each.shape.score >= bounds.sure_score]
    others = sorted((each for each in found if each not in sure), key=lambda each: -each.shape.score)
    return sure[: bounds.most_sure] + others[: bounds.most_doubtful]


def _judged(shapes: list[Shape], tint: Pixels, bounds: Bounds) -> list[Shape]:
    """The rings that look like seals with a level that suits their own ink."""
    level = max(7, inks.paper_level(tint) + 5)
    again = [sharpened(shape, tint, level) for shape in shapes if _worth_a_look(shape, bounds)]
    return [shape for shape in again if shape.score >= bounds.look_score]


def _fainter(tint: Pixels, level: int, bounds: Bounds) -> tuple[Pixels, list[Shape]]:
    """A second look where no sure figure was found: for faint pads, and rings that touch other colour."""
    smooth = cv2.blur(tint, (3, 3))
    mask = (smooth > inks.paper_level(smooth) + level).astype(np.uint8)
    negative = cv2.bitwise_not(cv2.convertScaleAbs(smooth, alpha=4))
    return mask, rings(mask)[0] + voted_rings(negative, mask, bounds.dark_votes)


def _measured(shape: Shape, colour: str, mask: Pixels) -> Candidate:
    if shape.kind == "square":
        return Candidate(shape, colour)
    return Candidate(shape, colour, None, loneliness(mask, shape.ring), *relief(mask, shape.ring))


def _worth_a_look(shape: Shape, bounds: Bounds) -> bool:
    """Whether to measure a ring again: faint ones show a rim before they show text."""
    return shape.score >= bounds.look_score or shape.rim >= bounds.sure_rim


def _dark(raster: Raster, bounds: Bounds) -> list[Candidate]:
    mask = inks.mask(raster, "grey", bounds)
    found = []
    for shape in voted_rings(raster.small_grey, mask, bounds.dark_votes):
        if shape.rim < bounds.dark_rim:
            continue
        lonely, (above, inward) = loneliness(mask, shape.ring), relief(mask, shape.ring)
        stands_out = lonely >= bounds.dark_lonely and above >= bounds.dark_relief
        if stands_out and inward >= bounds.dark_inward:
            found.append(Candidate(shape, "grey", None, lonely, above, inward))
    return found


def _read(candidate: Candidate, picture: Pixels, scale: float, name: str | None, bounds: Bounds) -> Candidate:
    ring, ink = candidate.shape.ring, candidate.ink
    if candidate.shape.kind == "square":
        return replace(candidate, reading=read_block(picture, scale, ring, ink))
    side = Ringside(picture, scale, ring, ink)
    candidate = _by_colour(candidate, side, bounds)
    if confidence(candidate, bounds) < bounds.least_confidence and not _plainly(candidate, bounds):
        return candidate
    looks = side.readings(SHARPLY)
    first = first_of(looks)
    if not first:
        return candidate
    if not name:
        return _told(candidate, max(first, key=lambda each: each.weight), None, bounds)
    matches, reading = compared(name, first, looks, bounds)
    return _told(candidate, reading, matches, bounds)


def _by_colour(candidate: Candidate, side: Ringside, bounds: Bounds) -> Candidate:
    """The candidate with the best reading of its colour alone, which shows whether it is a seal."""
    best = candidate
    for reading in side.readings(BY_COLOUR):
        if best.reading is None or reading.weight > best.reading.weight:
            best = replace(candidate, reading=reading)
        if _legible(best, best.reading or reading, bounds):
            break
    return best


def _told(candidate: Candidate, reading: Reading, matches: float | None, bounds: Bounds) -> Candidate:
    """The candidate with the finer reading, as sure as either makes it."""
    finer = replace(candidate, reading=reading, matches=matches)
    return replace(finer, sure=max(confidence(candidate, bounds), confidence(finer, bounds)))


def _plainly(candidate: Candidate, bounds: Bounds) -> bool:
    """Whether a ring is so plainly one that it is read more finely even if its colour says nothing."""
    return candidate.shape.rim >= bounds.whole_rim and candidate.lonely >= bounds.whole_lonely


def compared(
    name: str, first: list[Reading], more: Iterable[Reading], bounds: Bounds
) -> tuple[float, Reading]:
    """How well a seal agrees with `name`, and the reading that says so; `more` are asked while it is
    doubtful. A seal is a unit's only where no name that differs in a sign suits its readings better."""
    best, chosen = _closest(name, first)
    if best < bounds.hopeless:
        return best, max(first, key=lambda each: each.weight)
    same, seen = _borne_out(name, first, more, bounds)
    best, chosen = _closest(name, seen)
    if same:
        spoken = (each for each in seen if plain(each.text) == plain(name))
        return max(best, bounds.same), next(spoken, chosen)
    return min(best, round(bounds.same - 0.01, 2)), chosen


def _closest(name: str, seen: list[Reading]) -> tuple[float, Reading]:
    return max(((agreement(name, each.steps), each) for each in seen), key=lambda pair: pair[0])


def _borne_out(
    name: str, first: list[Reading], more: Iterable[Reading], bounds: Bounds
) -> tuple[bool, list[Reading]]:
    """Whether a ring's readings together carry the name, and how many of them it took to say so."""
    seen = list(first)
    lead = _lead(name, seen, bounds)
    for reading in more:
        if lead > bounds.sure_lead and len(seen) >= bounds.least_looks:
            break
        if lead < bounds.lost_lead and len(seen) > bounds.least_looks:
            break
        seen.append(reading)
        lead = _lead(name, seen, bounds)
    return lead > bounds.least_lead, seen


def _lead(name: str, seen: list[Reading], bounds: Bounds) -> float:
    """How far the name is ahead at its weakest place; nowhere if a sign stands between its signs."""
    weight = weighed(name, [each.steps for each in seen])
    return -math.inf if weight is None or weight.between > bounds.most_between else weight.lead


def confidence(candidate: Candidate, bounds: Bounds) -> float:
    """0..1: what the shape alone says, and what reading adds or takes away."""
    shape, reading = candidate.shape, candidate.reading
    alone = max(0.0, min(1.0, float(shape.score)))
    if shape.kind == "square":
        return round(0.6 + 0.4 * alone, 2) if _framed(candidate, bounds) else round(0.4 * alone, 2)
    if reading is None:
        return round(alone * (0.5 if shape.text <= 0.3 else 0.8 if bounds.read else 1.0), 2)
    if _legible(candidate, reading, bounds):
        return round(0.6 + 0.4 * min(1.0, reading.weight), 2)
    if _ring_of_signs(candidate, reading, bounds):
        return 0.6
    return round(0.45 * alone, 2)


def _framed(candidate: Candidate, bounds: Bounds) -> bool:
    """Whether a square has a whole frame round something, or a broken one round Chinese."""
    if candidate.shape.text < bounds.square_text:
        return False
    whole = candidate.shape.score >= bounds.square_sure
    return whole or (candidate.reading is not None and candidate.reading.chinese >= 2)


def _legible(candidate: Candidate, reading: Reading, bounds: Bounds) -> bool:
    """Whether enough Chinese was read; a broken ring, perhaps of print, needs more."""
    least_rim = bounds.dark_sure_rim if candidate.ink == "grey" else bounds.sure_rim
    crowded = candidate.lonely < bounds.crowded_lonely
    doubtful = candidate.shape.rim < (bounds.crowded_rim if crowded else least_rim)
    if doubtful and candidate.lonely < bounds.broken_lonely:
        return False
    least = bounds.least_signs + (2 if doubtful else 0)
    chinese = sum("\u4e00" <= sign <= "\u9fff" and sign not in STROKES for sign in reading.text)
    sparse = candidate.shape.text < bounds.sparse_text
    return chinese >= least and reading.confidence >= (
        bounds.sparse_reading if sparse else bounds.least_reading
    )


def _ring_of_signs(candidate: Candidate, reading: Reading, bounds: Bounds) -> bool:
    """A clean ring full of signs too worn to be read: a seal, but nobody can say whose."""
    shape, signs = candidate.shape, sum(sign not in STROKES for sign in reading.text)
    if candidate.inward < 0:
        return False
    if candidate.ink == "grey":
        alone = candidate.lonely >= bounds.dark_sure_lonely
        return alone and shape.rim >= bounds.dark_sure_rim and _stands_out(candidate, bounds)
    whole = shape.rim >= bounds.whole_rim and candidate.lonely >= bounds.whole_lonely
    read = reading.confidence >= bounds.least_reading and signs >= bounds.many_signs
    if shape.score >= bounds.sure_score and shape.text >= bounds.worn_text:
        full = whole and shape.text >= bounds.full_text
        # Small rings are logos with a word in them more often than they are seals.
        return full or signs >= bounds.worn_signs if _sized_as_units(shape) else read
    return whole and read


def _sized_as_units(shape: Shape) -> bool:
    """Whether a ring is as wide as the seals of units are."""
    return LEAST_UNIT <= 2 * shape.ring.a / MM <= MOST_UNIT


def _stands_out(candidate: Candidate, bounds: Bounds) -> bool:
    """Whether there is text in the ring that isn't around it too."""
    return candidate.shape.text >= bounds.worn_text and candidate.above >= bounds.dark_sure_relief


def _seal(candidate: Candidate, raster: Raster, bounds: Bounds) -> Seal:
    shape, reading = candidate.shape, candidate.reading
    partial = shape.kind != "square" and shape.visible < 0.96
    return Seal(
        box=_box(shape, raster),
        shape="partial" if partial else shape.kind,  # type: ignore[arg-type]  # kinds are the literals
        colour=_colour(candidate),
        confidence=candidate.sure or confidence(candidate, bounds),
        text=reading.text if reading else None,
        text_confidence=round(reading.confidence, 3) if reading else None,
        matches_name=candidate.matches,
    )


def _colour(candidate: Candidate) -> Colour:
    if candidate.ink in ("red", inks.CRIMSON):
        return "red"
    return "blue" if candidate.ink == "blue" else "grey"


def _box(shape: Shape, raster: Raster) -> Box:
    """The seal's box in mm, as far as it is on the page."""
    high, wide = raster.small_grey.shape
    x0, y0, x1, y1 = shape.ring.box
    mm = [max(0.0, x0), max(0.0, y0), min(float(wide), x1), min(float(high), y1)]
    left, top, right, bottom = (round(value / MM, 1) for value in mm)
    return left, top, right, bottom


def _findings(seals: tuple[Seal, ...], page: int, name: str | None, bounds: Bounds) -> tuple[Finding, ...]:
    """Say whether the best seal on the page carries the name; one that does is enough."""
    named = [seal for seal in seals if seal.shape != "square"]
    if not name or not any(seal.text is not None for seal in named):
        return ()
    best = max(named, key=lambda seal: seal.matches_name or 0.0)
    matches, text = best.matches_name or 0.0, best.text or ""
    if matches >= bounds.same:
        return ()
    if best.shape == "partial":
        return ()
    if (best.text_confidence or 0.0) < bounds.readable:
        return (finding("seal", "unsure", "seal_unread", page=page, box=best.box),)
    if matches >= bounds.maybe:
        return (finding("seal", "unsure", "seal_doubtful", page=page, box=best.box, text=text),)
    return (finding("seal", "warn", "seal_mismatch", page=page, box=best.box, text=text),)
