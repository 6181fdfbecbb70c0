"""Draws seals as ink: round, oval, square; worn, faint, turned; and stamps them on a page."""

import math
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from bench.scancheck import words
from bench.scancheck.fonts import font
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Ink = NDArray[np.float32]
OVERSAMPLE = 3
COLOURS = {"red": ((195, 240), (10, 70), (20, 80)), "blue": ((20, 60), (40, 90), (150, 200))}


@dataclass(frozen=True)
class Stamp:
    """What is stamped: sizes in mm, strength 0..1 of the ink, wear 0..1, turn in degrees."""

    shape: str
    text: str
    width_mm: float
    foot: str = ""
    code: str = ""
    strength: float = 1.0
    wear: float = 0.0
    turn: float = 0.0
    colour: str = "red"


def invented(random: Random, shape: str, name: str, **fixed: object) -> Stamp:
    """A stamp of the usual sizes (GB/T: units 40 to 45 mm, ovals 45 x 30, squares 18 to 26)."""
    widths = {"round": (38, 40, 42, 45), "oval": (40, 45), "square": (18, 20, 22, 26)}
    facts: dict[str, object] = {
        "shape": shape,
        "text": name if shape != "square" else random.choice(words.PEOPLE) + "印",
        "width_mm": random.choice(widths[shape]),
        "foot": random.choice(words.SEAL_FEET) if shape != "square" else "",
        "code": "".join(random.choices("0123456789", k=13)) if random.random() < 0.5 else "",
        "strength": random.choice((1.0, 0.9, 0.8, 0.65)),
        "wear": random.choice((0.0, 0.1, 0.2, 0.3)),
        "turn": random.uniform(-25, 25) if random.random() < 0.8 else random.uniform(-180, 180),
    }
    return Stamp(**(facts | fixed))  # type: ignore[arg-type]  # the table above has the fields


def ink(random: Random, stamp: Stamp, dpi: float) -> Ink:
    """The stamp's ink, 0..1, on a square patch."""
    pixels = max(24, round(stamp.width_mm / 25.4 * dpi))
    size = pixels * OVERSAMPLE
    patch = Image.new("L", (size, size), 0)
    draw = {"round": _ring, "oval": _ring, "square": _block}[stamp.shape]
    draw(random, patch, stamp)
    clean = np.asarray(patch.resize((pixels, pixels), Image.Resampling.LANCZOS), np.float32) / 255
    return _worn(np.random.default_rng(random.getrandbits(32)), clean, stamp.wear)


def _ring(random: Random, patch: Image.Image, stamp: Stamp) -> None:
    size, flat = patch.width, 1.0 if stamp.shape == "round" else random.choice((0.67, 0.72))
    draw, line = ImageDraw.Draw(patch), max(2, int(patch.width * random.uniform(0.016, 0.032)))
    middle, edge = size / 2, line * 0.6
    high = (middle - edge) * flat
    draw.ellipse([edge, middle - high, size - edge, middle + high], outline=255, width=line)
    _around(random, patch, stamp, line, flat)
    if stamp.shape == "round":
        _star(draw, middle, size * random.choice((0.13, 0.15)))
    if stamp.foot:
        down, face = (0.25, 0.085) if stamp.shape == "round" else (0.1, 0.1)
        foot = font("song", int(size * face))
        draw.text((middle, middle + size * down), stamp.foot, font=foot, fill=255, anchor="mm")
    if stamp.code and stamp.shape == "round":
        _code(patch, stamp.code, middle - line - size * 0.035)


def _around(random: Random, patch: Image.Image, stamp: Stamp, line: int, flat: float) -> None:
    """Set the name along the ring, each character upright to its radius."""
    size, count = patch.width, len(stamp.text)
    high = int(size * (0.125 if count <= 12 else 0.112 if count <= 16 else 0.095))
    radius = size / 2 - line - high * 0.72 - size * 0.012
    step = (19 if count <= 16 else 16) if flat == 1 else min(16, 235 / count)
    span = math.radians(min(290, step * (count - 1) + 18))
    face, narrow = random.choice(("song", "song-bold", "hei", "kai")), 0.72 if count > 12 else 0.85
    for index, sign in enumerate(stamp.text):
        angle = -math.pi / 2 - span / 2 + span * index / max(1, count - 1)
        x, y = size / 2 + radius * math.cos(angle), size / 2 + radius * flat * math.sin(angle)
        normal = math.degrees(math.atan2(math.sin(angle) / flat, math.cos(angle)))
        glyph = _glyph(sign, face, high, narrow).rotate(
            -normal - 90, expand=True, resample=Image.Resampling.BICUBIC
        )
        patch.paste(255, (int(x - glyph.width / 2), int(y - glyph.height / 2)), glyph)


def _glyph(sign: str, face: str, high: int, narrow: float) -> Image.Image:
    glyph = Image.new("L", (high * 2, high * 2), 0)
    ImageDraw.Draw(glyph).text((high, high), sign, font=font(face, high), fill=255, anchor="mm")
    return glyph.resize((int(high * 2 * narrow), int(high * 2.1)))


def _star(draw: ImageDraw.ImageDraw, middle: float, radius: float) -> None:
    points = []
    for corner in range(10):
        reach, angle = radius * (1 if corner % 2 == 0 else 0.382), -math.pi / 2 + corner * math.pi / 5
        points.append((middle + reach * math.cos(angle), middle + reach * math.sin(angle)))
    draw.polygon(points, fill=255)


def _code(patch: Image.Image, code: str, radius: float) -> None:
    """Set the 13-digit register number along the lower edge."""
    high, middle = int(patch.width * 0.042), patch.width / 2
    for index, sign in enumerate(code):
        angle = math.pi / 2 + math.radians(26 - 52 * index / (len(code) - 1))
        glyph = _glyph(sign, "hei", high, 1.0).rotate(-math.degrees(angle) + 90)
        x, y = middle + radius * math.cos(angle), middle + radius * math.sin(angle)
        patch.paste(255, (int(x - glyph.width / 2), int(y - glyph.height / 2)), glyph)


def _block(random: Random, patch: Image.Image, stamp: Stamp) -> None:
    """A square name seal: two columns, read from the right."""
    size, draw = patch.width, ImageDraw.Draw(patch)
    line = max(2, int(size * random.uniform(0.025, 0.05)))
    draw.rectangle([line, line, size - line, size - line], outline=255, width=line)
    cells, inner = 2, size - 5 * line
    high = int(inner / cells * 0.88)
    for index, sign in enumerate(stamp.text[:4]):
        column, row = cells - 1 - index // cells, index % cells
        x, y = 2.5 * line + inner * (column + 0.5) / cells, 2.5 * line + inner * (row + 0.5) / cells
        draw.text((x, y), sign, font=font("song-bold", high), fill=255, anchor="mm")


def _worn(noise: np.random.Generator, clean: Ink, wear: float) -> Ink:
    """Uneven pressure and dry spots."""
    high, wide = clean.shape
    coarse = noise.random((max(2, high // 28), max(2, wide // 28)), dtype=np.float32)
    pressure = cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC)
    grain = cv2.GaussianBlur(noise.random((high, wide), dtype=np.float32), (0, 0), 1.0)
    grain = (grain - grain.mean()) / grain.std() * 0.22 + 0.5
    kept = np.clip((0.62 * pressure + 0.38 * grain) * 1.6 + 0.45 - wear * 1.15, 0, 1)
    return (clean * kept).astype(np.float32)


def press(
    random: Random, page: NDArray[np.uint8], stamp: Stamp, x: float, y: float, dpi: float
) -> tuple[int, int, int, int] | None:
    """Multiply a stamp onto a page (RGB) with its middle at x, y; give the box its ink covers."""
    patch = ink(random, stamp, dpi)
    margin = patch.shape[0] // 4
    patch = cv2.copyMakeBorder(patch, *[margin] * 4, cv2.BORDER_CONSTANT, value=0)
    side = patch.shape[0]
    patch = cv2.warpAffine(patch, cv2.getRotationMatrix2D((side / 2, side / 2), stamp.turn, 1), (side, side))
    left, top = int(x - side / 2), int(y - side / 2)
    high, wide = page.shape[:2]
    x0, y0, x1, y1 = max(0, left), max(0, top), min(wide, left + side), min(high, top + side)
    if x1 - x0 < 8 or y1 - y0 < 8:
        return None
    cover = patch[y0 - top : y1 - top, x0 - left : x1 - left, None] * stamp.strength
    tint = np.array(_colour(random, stamp.colour), np.float32) / 255
    page[y0:y1, x0:x1] = (page[y0:y1, x0:x1] * (1 - cover * (1 - tint))).astype(np.uint8)
    rows, columns = np.nonzero(cover[..., 0] > 0.12 * stamp.strength)
    if not len(rows):
        return None
    return (
        int(x0 + columns.min()), int(y0 + rows.min()), int(x0 + columns.max()), int(y0 + rows.max()),
    )  # fmt: skip


def _colour(random: Random, colour: str) -> tuple[int, int, int]:
    if colour in COLOURS:
        red, green, blue = (random.randint(*bounds) for bounds in COLOURS[colour])
        return red, green, blue
    shade = random.randint(20, 70)
    return shade, shade, shade
