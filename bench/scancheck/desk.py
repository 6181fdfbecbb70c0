"""One page while it is being set, what it should be and what is really on it."""

from dataclasses import dataclass, field
from random import Random

import numpy as np
from bench.scancheck import words
from bench.scancheck.fonts import BODY, font
from bench.scancheck.seals import Stamp
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Pixels = NDArray[np.uint8]
Box = tuple[float, float, float, float]
A4_MM = (210.0, 297.0)


@dataclass
class Truth:
    """What is really on a page; boxes in pixels of the clean page."""

    name: str = ""
    layout: str = ""
    title: str | None = None
    number: tuple[int, int | None] | None = None
    lines: list[tuple[str, Box]] = field(default_factory=list)
    seals: list[tuple[Stamp, Box]] = field(default_factory=list)
    distractor: str | None = None
    uscc: str | None = None
    skew: float = 0.0
    turned: int = 0


@dataclass(frozen=True)
class Order:
    """What a page should be; what is None is left to chance."""

    seed: int
    dpi: int = 200
    layout: str | None = None
    seals: tuple[str, ...] | None = None
    number: tuple[int, int] | None = None
    number_form: str | None = None
    number_place: str | None = None
    name: str | None = None
    distractor: str | None = ""
    redhead: bool | None = None
    stamp: dict[str, object] = field(default_factory=dict)
    spot: str = "free"


class Desk:
    """One page while it is being set."""

    def __init__(self, order: Order) -> None:
        self.order, self.random = order, Random(order.seed)
        self.unit = order.dpi / 25.4
        wide, high = (round(side * self.unit) for side in A4_MM)
        self.image = Image.new("RGB", (wide, high), (255, 255, 255))
        self.draw = ImageDraw.Draw(self.image)
        self.truth = Truth(name=order.name or words.unit(self.random))
        self.ink = self.random.choice(((0, 0, 0), (20, 20, 25), (45, 45, 50)))
        self.face, self.points = self.random.choice(BODY), self.random.choice((10.5, 12, 14, 16))
        self.left, self.right = (
            self.mm(self.random.uniform(20, 30)),
            wide - self.mm(self.random.uniform(18, 28)),
        )
        self.y = self.mm(self.random.uniform(20, 37))
        self.floor = high - self.mm(self.random.uniform(26, 36))

    def mm(self, length: float) -> int:
        """Millimetres in pixels."""
        return round(length * self.unit)

    def high(self, points: float) -> int:
        """A font size in pixels."""
        return round(points / 72 * self.order.dpi)

    def line(self, x: float, y: float, text: str, points: float, face: str = "", anchor: str = "la") -> Box:
        """Set one line and remember it."""
        face_ = font(face or self.face, self.high(points))
        self.draw.text((x, y), text, font=face_, fill=self.ink, anchor=anchor)
        box = self.draw.textbbox((x, y), text, font=face_, anchor=anchor)
        self.truth.lines.append((text, box))
        return box
