"""Measures each check on generated scans against what is really on them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import cv2
import numpy as np
from bench.scancheck import papers, scanner
from bench.scancheck.desk import Order, Truth
from deskew import determine_skew
from jdeskew.estimator import get_angle
from numpy.typing import NDArray

from scancheck import models
from scancheck.checks import clarity, numbers, orientation, skew
from scancheck.pagination import paginate
from scancheck.profile import STANDARD
from scancheck.raster import Raster
from scancheck.report import Seal
from scancheck.seals import finding as seals

Pixels = NDArray[Any]
DPIS = (150, 200, 300)
# A page's true error rate is that of so many signs: at 3 % that is eight of them.
TRUE_SIGNS = 250
# Which pages are made.  Thresholds were found on series 0; what is told is measured on another.
SERIES = [1]


def seed_of(measure: int) -> int:
    """The seed of one measure's pages in the series in use."""
    return SERIES[0] * 50 + measure


@dataclass(frozen=True)
class Sheet:
    """One scanned page as the engine sees it, and the truth in mm."""

    raster: Raster
    truth: Truth
    dpi: int

    def boxes(self) -> list[tuple[float, ...]]:
        """Where the seals are, in mm."""
        return [tuple(value / self.dpi * 25.4 for value in box) for _, box in self.truth.seals]


def sheet(order: Order, how: scanner.Scan) -> Sheet:
    """Set, scan and JPEG a page, and decode it as the engine does (300 dpi by half)."""
    page, truth = papers.page(order)
    data = np.frombuffer(scanner.jpeg(scanner.scan(page, truth, how), how.quality), np.uint8)
    half = order.dpi >= 284
    bgr = cv2.imdecode(data, cv2.IMREAD_REDUCED_COLOR_2 if half else cv2.IMREAD_COLOR)
    whole = (lambda: cv2.imdecode(data, cv2.IMREAD_COLOR)) if half else None
    scale = order.dpi / 25.4 / (2 if half else 1)
    return Sheet(Raster(bgr, scale, order.dpi, "image", whole), truth, order.dpi)


def sheets(
    count: int, seed: int, dpis: tuple[int, ...] = DPIS, scan: dict[str, Any] | None = None, **order: Any
) -> Iterator[Sheet]:
    """Pages of all kinds, scanned as offices do; keywords fix what should not be left to chance."""
    random = Random(seed)
    for index in range(count):
        how = scanner.usual(random, **(scan or {}))
        yield sheet(Order(seed * 100_000 + index, random.choice(dpis), **order), how)


@dataclass(frozen=True)
class Angles:
    """Errors in degrees of those measured, and the share measured."""

    p95: float
    gross: int
    share: float


def skews(count: int) -> Angles:
    """Our skew, from 0.2 to 12 degrees either way."""
    errors, asked = [], 0
    for each in _leaning(count):
        asked += 1
        value = skew.check(each.raster, 1, STANDARD).value
        if value is not None:
            errors.append(abs(value - each.truth.skew))
    return _angles(errors, asked)


def rival_skews(count: int) -> dict[str, Angles]:
    """The same pages by jdeskew and deskew, which give an answer for each."""
    rivals = {"jdeskew": get_angle, "deskew": determine_skew}
    errors: dict[str, list[float]] = {name: [] for name in rivals}
    for each in _leaning(count):
        for name, angle in rivals.items():
            found = angle(each.raster.small_grey if name == "deskew" else each.raster.small)
            errors[name].append(min(abs((found or 0.0) + turn * each.truth.skew) for turn in (1, -1)))
    return {name: _angles(found, count) for name, found in errors.items()}


def _leaning(count: int) -> Iterator[Sheet]:
    seed = seed_of(11)
    random = Random(seed)
    for index in range(count):
        lean = random.choice((-1, 1)) * random.choice((random.uniform(0.2, 3), random.uniform(0.2, 12)))
        yield sheet(
            Order(seed * 100_000 + index, random.choice((150, 200))), scanner.usual(random, skew=lean)
        )


def _angles(errors: list[float], asked: int) -> Angles:
    found = np.array(errors)
    return Angles(float(np.percentile(found, 95)), int((found > 0.5).sum()), len(found) / asked)


@dataclass(frozen=True)
class Turns:
    """How many pages were turned right, wrongly, or left open."""

    right: int
    wrong: int
    unsure: int


def turns(count: int) -> Turns:
    """Orientation of pages with at least three lines."""
    seed = seed_of(12)
    random, right, wrong, unsure = Random(seed), 0, 0, 0
    for index in range(count):
        turn = random.choice((0, 90, 180, 270))
        each = sheet(Order(seed * 100_000 + index, 120), scanner.usual(random, turned=turn))
        if len(each.truth.lines) < 3:
            continue
        value = orientation.check(each.raster, 1, STANDARD).value
        right, wrong, unsure = (
            right + (value == turn),
            wrong + (value not in (None, turn)),
            unsure + (value is None),
        )
    return Turns(right, wrong, unsure)


@dataclass(frozen=True)
class Found:
    """Seals found, missed, and found where there are none."""

    hit: int
    missed: int
    false: int

    @property
    def recall(self) -> float:
        """The share of real seals that were found."""
        return self.hit / max(1, self.hit + self.missed)

    @property
    def precision(self) -> float:
        """The share of what was found that is real."""
        return self.hit / max(1, self.hit + self.false)


KINDS: dict[str, dict[str, Any]] = {
    "round": {"seals": ("round",)},
    "faint": {"seals": ("round",), "stamp": {"strength": 0.35, "wear": 0.2}},
    "oval": {"seals": ("oval",)},
    "square": {"seals": ("square",)},
    "grey": {"seals": ("round",), "scan": {"mode": "grey"}},
    "edge-cut": {"seals": ("round",), "spot": "edge"},
    "none": {"seals": ()},
}


def sealed(kind: str, count: int) -> Found:
    """Recall of one kind of seal, and what was taken for one."""
    hit = missed = false = 0
    for each in sheets(count, seed_of(20 + list(KINDS).index(kind)), **KINDS[kind]):
        found = seals.check(each.raster, 1, None, STANDARD).value
        real = each.boxes()
        hit += sum(any(_overlap(seal.box, box) > 0.5 for seal in found) for box in real)
        missed += sum(all(_overlap(seal.box, box) <= 0.5 for seal in found) for box in real)
        false += sum(_is_false(seal, real) for seal in found)
    return Found(hit, missed, false)


def _is_false(seal: Seal, real: list[tuple[float, ...]]) -> bool:
    return all(_overlap(seal.box, box) < 0.3 for box in real)


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - wide * high)


@dataclass(frozen=True)
class Numbers:
    """Printed numbers read after the vote, wrong ones, and how many there were."""

    read: int
    wrong: int
    total: int


def page_numbers(books_: int, pages: int = 20) -> Numbers:
    """Whole documents, each with a form and place of its own; the last few pages' noise too."""
    seed = seed_of(14)
    random, read, wrong, total = Random(seed), 0, 0, 0
    for book in range(books_):
        form, place = random.choice(papers.NUMBER_FORMS), random.choice(("centre", "outer", "right", "head"))
        found = []
        for number in range(1, pages + 1):
            order = Order(
                seed * 100_000 + book * 100 + number,
                random.choice((150, 200)),
                number=(number, pages),
                number_form=form,
                number_place=place,
            )
            each = sheet(order, scanner.usual(random))
            found.append(numbers.candidates(each.raster, each.truth.skew, STANDARD))
        voted = paginate(found, numbers.Bounds.least_votes).numbers
        read += sum(
            printed is not None and printed.number == number for number, printed in enumerate(voted, 1)
        )
        wrong += sum(
            printed is not None and printed.number != number for number, printed in enumerate(voted, 1)
        )
        total += pages
    return Numbers(read, wrong, total)


@dataclass(frozen=True)
class Orders:
    """Faults of order found in 30-page documents, of how many, and false alarms in sound ones."""

    found: int
    faults: int
    false: int
    sound: int


def orders(count: int) -> Orders:
    """Missing, repeated and swapped pages, with the numbers read from real strips."""
    random, found, false = Random(seed_of(15)), 0, 0
    strips = [_strip_book(form, 30) for form in range(6)]
    for index in range(count):
        book = list(random.choice(strips))
        place, fault = random.randrange(2, 27), ("missing", "repeated", "swapped")[index % 3]
        false += _faulty(book)
        if fault == "missing":
            del book[place]
        elif fault == "repeated":
            book.insert(place, book[place])
        else:
            book[place], book[place + 1] = book[place + 1], book[place]
        order = paginate(book, numbers.Bounds.least_votes)
        found += bool(
            {"missing": order.missing, "repeated": order.repeated, "swapped": order.out_of_order}[fault]
        )
    return Orders(found, count, false, count)


def _faulty(book: list[Any]) -> bool:
    order = paginate(book, numbers.Bounds.least_votes)
    return bool(order.missing or order.repeated or order.out_of_order)


def _strip_book(form: int, pages: int) -> list[Any]:
    seed = seed_of(15)
    random = Random(seed * 100 + form)
    place = ("centre", "outer", "right")[form % 3]
    made = []
    for number in range(1, pages + 1):
        order = Order(
            seed * 100_000 + form * 1000 + number,
            150,
            number=(number, pages),
            number_form=papers.NUMBER_FORMS[form * 2],
            number_place=place,
        )
        each = sheet(order, scanner.usual(random))
        made.append(numbers.candidates(each.raster, each.truth.skew, STANDARD))
    return made


@dataclass(frozen=True)
class Clear:
    """How well clarity tells pages with more than 3 % of signs misread, and its cost in ms."""

    auc: float
    poor: float
    milliseconds: float


def clarities(count: int) -> Clear:
    """Pages scanned well and badly; the truth is what recognition makes of their lines."""
    values, errors, spent = [], [], 0.0
    for each in _worsening(count):
        _ = each.raster.ink, each.raster.grey  # all checks share these
        start = time.process_time()
        value = clarity.check(each.raster, 1, STANDARD).value
        spent += time.process_time() - start
        if value is not None:
            values.append(value)
            errors.append(_error_rate(each))
    bad = np.array(errors) > 0.03
    scores = np.array(values)
    good, poor = scores[~bad], scores[bad]
    auc = (
        np.mean((good[:, None] > poor) + 0.5 * (good[:, None] == poor)) if len(poor) and len(good) else np.nan
    )
    return Clear(float(auc), float(bad.mean()), spent / count * 1000)


def _worsening(count: int) -> Iterator[Sheet]:
    seed = seed_of(16)
    random = Random(seed)
    layouts = ("letter", "table", "form", "roster", "short", "columns")
    for index in range(count):
        dpi = random.choice((75, 100, 120, 150, 150, 200, 200, 300))
        blur = random.choice((0, 0, 0.5, 0.8, 1.2, 1.8, 2.5)) * dpi / 150
        how = scanner.usual(
            random, skew=0.0, blur=blur, noise=random.choice((1, 4, 8, 14, 22)),
            contrast=random.choice((1, 1, 0.8, 0.5, 0.3)), quality=random.choice((20, 30, 40, 60, 85)),
        )  # fmt: skip
        yield sheet(
            Order(seed * 100_000 + index, dpi, random.choice(layouts), seals=(), distractor=None), how
        )


def _error_rate(each: Sheet) -> float:
    """The share of signs that recognition gets wrong on some lines, cut by their true boxes."""
    picture, scale = each.raster.finest()
    zoom = scale * 25.4 / each.dpi
    lines = [line for line in each.truth.lines if len(line[0]) >= 2]
    Random(1).shuffle(lines)
    wrong = total = 0.0
    for text, box in lines:
        if total >= TRUE_SIGNS:
            break
        x0, y0, x1, y1 = (round(value * zoom) for value in box)
        margin = max(2, (y1 - y0) // 5)
        crop = picture[max(0, y0 - margin) : y1 + margin, max(0, x0 - margin) : x1 + margin]
        wrong += len(text) * (1 - _alike(text, models.read(crop)[0]))
        total += len(text)
    return wrong / max(1.0, total)


def _alike(text: str, read: str) -> float:
    """The share of signs that are right; punctuation doesn't count."""
    return 1 - _edits(text, read) / max(1, len(_signs(text)))


def _signs(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _edits(text: str, read: str) -> int:
    wanted, found = _signs(text), _signs(read)
    row = list(range(len(found) + 1))
    for sign in wanted:
        above, row = row, [row[0] + 1]
        for index, other in enumerate(found):
            row.append(min(above[index + 1] + 1, row[index] + 1, above[index] + (sign != other)))
    return min(len(wanted), row[-1])


__all__ = [
    "KINDS",
    "clarities",
    "orders",
    "page_numbers",
    "rival_skews",
    "sealed",
    "skews",
    "turns",
]
