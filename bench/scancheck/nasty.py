"""Pages on which a careless search would take for ever: each kind must cost no more than a second."""

from collections.abc import Callable, Iterable, Iterator

import cv2
import numpy as np
from bench.scancheck import desk, papers, words
from bench.scancheck.desk import Pixels
from bench.scancheck.fonts import font
from PIL import Image, ImageDraw

RED, BROWN, BLUE = (215, 40, 50), (150, 95, 50), (40, 80, 190)


def pages(seed: int = 1, dpi: int = 200, kinds: Iterable[str] = ()) -> Iterator[tuple[str, Pixels, float]]:
    """Each kind's name (or of those asked for), its page in RGB and its resolution."""
    for name in kinds or KINDS:
        yield name, KINDS[name](np.random.default_rng(seed), dpi), dpi


def _text(random: np.random.Generator, dpi: int) -> Pixels:
    """A page of print without seals."""
    order = desk.Order(int(random.integers(1 << 30)), dpi, "letter", distractor=None, redhead=False, seals=())
    return papers.page(order)[0]


def _fringes(random: np.random.Generator, dpi: int) -> Pixels:
    """A scanner whose red and blue planes lie 0.13 mm apart."""
    page = _text(random, dpi)
    moved = round(0.13 / 25.4 * dpi)
    return np.dstack([np.roll(page[..., 0], moved, 1), page[..., 1], np.roll(page[..., 2], -moved, 1)])


def _cleartype(random: np.random.Generator, dpi: int) -> Pixels:
    """Print whose three planes are a third of a point apart, as screens draw it, twice enlarged."""
    page = _text(random, dpi // 2)
    planes = [np.roll(page[..., plane], plane - 1, 1) for plane in range(3)]
    return np.dstack([np.repeat(np.repeat(plane, 2, 0), 2, 1) for plane in planes])


def _halftone(random: np.random.Generator, dpi: int) -> Pixels:
    """A brochure's picture in dots of four inks, each at its own angle."""
    high, wide = _size(dpi)
    coarse = random.integers(0, 256, (14, 10, 3)).astype(np.uint8)
    picture = cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC)
    y, x = np.mgrid[:high, :wide].astype(np.float32)
    page = np.full((high, wide, 3), 255, np.uint8)
    for plane, degrees in enumerate((15, 75, 0)):
        turn = np.radians(degrees)
        u, v = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
        screen = 127 + 63 * (np.cos(u * 2 * np.pi / 7) + np.cos(v * 2 * np.pi / 7))
        page[..., plane] = np.where(picture[..., plane] > screen, 255, 30)
    return page


def _map(random: np.random.Generator, dpi: int) -> Pixels:
    """Contours in brown, rivers in blue, roads and their numbers in red."""
    image, draw, (high, wide) = _sheet(dpi)
    for _ in range(220):
        x, y, most = random.uniform(0, wide), random.uniform(0, high), random.uniform(0.02, 0.2) * wide
        turns = np.linspace(0, 2 * np.pi, 90)
        far = most * (1 + 0.25 * np.sin(3 * turns + random.uniform(0, 6)))
        loop = list(zip(x + far * np.cos(turns), y + far * np.sin(turns), strict=True))
        draw.line(loop, fill=(BROWN, BROWN, BLUE)[random.integers(3)], width=max(1, dpi // 100))
    for _ in range(60):
        ends = [tuple(random.uniform(0, side) for side in (wide, high)) for _ in range(4)]
        draw.line(ends, fill=RED, width=max(2, dpi // 50))
        draw.text(ends[1], f"S{random.integers(9999)}", font=font("hei", dpi // 12), fill=RED)
    return np.asarray(image)


def _plan(random: np.random.Generator, dpi: int) -> Pixels:
    """A plan of a building on A1: walls, hatching, door swings and axes in circles, some in red."""
    image, draw, (high, wide) = _sheet(dpi, (594, 841))
    thin = max(1, dpi // 100)
    for x in range(0, wide, wide // 40):
        draw.line([(x, 0), (x, high)], fill=(90, 90, 90), width=thin)
        draw.ellipse([x - 40, 60, x + 40, 140], outline=RED, width=thin)
        draw.text((x, 100), str(x % 60), font=font("hei", 40), fill=RED, anchor="mm")
    for _ in range(900):
        x, y, side = random.uniform(0, wide), random.uniform(0, high), random.uniform(0.01, 0.05) * wide
        draw.arc([x, y, x + side, y + side], 0, 90, fill=(RED, (0, 0, 0))[random.integers(2)], width=thin)
        draw.rectangle([x, y, x + side, y + 0.6 * side], outline=(0, 0, 0), width=thin)
        for step in range(0, int(side), 14):
            draw.line([(x + step, y), (x, y + step)], fill=(60, 60, 60), width=thin)
    return np.asarray(image)


def _moire(random: np.random.Generator, dpi: int) -> Pixels:
    """A screen photographed: two grids that beat against each other, in colour."""
    high, wide = _size(dpi)
    y, x = np.mgrid[:high, :wide].astype(np.float32)
    base = 200 + 40 * np.cos(x * 2.1) * np.cos(y * 2.1)
    planes = [
        base + 45 * np.cos(x * (2.05 + 0.01 * plane) + y * 0.03) * np.cos(y * (2.07 - 0.01 * plane))
        for plane in range(3)
    ]
    page = np.clip(np.dstack(planes), 0, 255).astype(np.uint8)
    ink = _text(random, dpi)[:high, :wide].min(2, keepdims=True)
    return np.minimum(page, ink)


def _confetti(random: np.random.Generator, dpi: int) -> Pixels:
    """Specks of red and blue all over, some large."""
    image, draw, (high, wide) = _sheet(dpi)
    for _ in range(6000):
        x, y, side = random.uniform(0, wide), random.uniform(0, high), random.exponential(dpi / 40)
        shape = (draw.ellipse, draw.rectangle)[random.integers(2)]
        shape([x, y, x + side, y + side * random.uniform(0.3, 1)], fill=(RED, BLUE)[random.integers(2)])
    return np.asarray(image)


def _guilloche(random: np.random.Generator, dpi: int) -> Pixels:
    """The ground of a certificate: rosettes of fine red lines all over, print on top."""
    image, draw, (high, wide) = _sheet(dpi)
    turns = np.linspace(0, 2 * np.pi, 1200)
    for y in range(0, high, high // 7):
        for x in range(0, wide, wide // 5):
            far = 0.09 * wide * (1 + 0.35 * np.cos(11 * turns) * np.cos(3 * turns))
            for scale in (1.0, 0.82, 0.64):
                loop = list(
                    zip(x + far * scale * np.cos(turns), y + far * scale * np.sin(turns), strict=True)
                )
                draw.line(loop, fill=(235, 130, 130), width=max(1, dpi // 150))
    for line in range(20):
        text = words.sentence(__import__("random").Random(line), 30)
        draw.text(
            (wide // 8, high // 6 + line * dpi // 4), text, font=font("song", dpi // 6), fill=(20, 20, 20)
        )
    return np.asarray(image)


def _targets(random: np.random.Generator, dpi: int) -> Pixels:
    """Hundreds of rings the size of seals, in red, overlapping."""
    image, draw, (high, wide) = _sheet(dpi)
    for _ in range(260):
        x, y, reach = random.uniform(0, wide), random.uniform(0, high), random.uniform(14, 26) / 25.4 * dpi
        draw.ellipse([x - reach, y - reach, x + reach, y + reach], outline=RED, width=max(2, dpi // 40))
    return np.asarray(image)


def _dark_targets(random: np.random.Generator, dpi: int) -> Pixels:
    """The same in black and white."""
    return cv2.cvtColor(cv2.cvtColor(_targets(random, dpi), cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)


def _noise(random: np.random.Generator, dpi: int) -> Pixels:
    """A page of colour noise, blurred a little."""
    grains = random.integers(0, 256, (*_size(dpi), 3)).astype(np.uint8)
    return cv2.GaussianBlur(grains, (0, 0), dpi / 100)


def _squares(random: np.random.Generator, dpi: int) -> Pixels:
    """A form of red frames in frames, the size of people's seals."""
    image, draw, (high, wide) = _sheet(dpi)
    side = round(14 / 25.4 * dpi)
    for y in range(0, high, side + 6):
        for x in range(0, wide, side + 6):
            draw.rectangle([x, y, x + side, y + side], outline=RED, width=max(2, dpi // 60))
            draw.text((x + 4, y + 4), "申示", font=font("hei", side // 3), fill=RED)
    return np.asarray(image)


def _size(dpi: int, mm: tuple[float, float] = (210, 297)) -> tuple[int, int]:
    return round(mm[1] / 25.4 * dpi), round(mm[0] / 25.4 * dpi)


def _sheet(
    dpi: int, mm: tuple[float, float] = (210, 297)
) -> tuple[Image.Image, ImageDraw.ImageDraw, tuple[int, int]]:
    high, wide = _size(dpi, mm)
    image = Image.new("RGB", (wide, high), (255, 255, 255))
    return image, ImageDraw.Draw(image), (high, wide)


KINDS: dict[str, Callable[[np.random.Generator, int], Pixels]] = {
    "colour fringes": _fringes, "screen print": _cleartype, "halftone": _halftone, "map": _map,
    "plan A1": _plan, "moire": _moire, "confetti": _confetti,
    "guilloche": _guilloche, "red targets": _targets,
    "dark targets": _dark_targets, "noise": _noise, "red squares": _squares,
}  # fmt: skip
