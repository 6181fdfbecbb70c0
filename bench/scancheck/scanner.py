"""What a scanner does to a clean page: turn, blur, paper, shadow, noise, borders, and encoding."""

from dataclasses import dataclass
from io import BytesIO
from random import Random

import cv2
import numpy as np
from bench.scancheck.desk import Truth
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Scan:
    """How a page is scanned; blur in pixels, noise in grey levels, quality is JPEG's."""

    seed: int
    skew: float = 0.0
    turned: int = 0
    blur: float = 0.0
    noise: float = 5.0
    quality: int = 75
    contrast: float = 1.0
    mode: str = "colour"
    paper: bool = True
    shadow: bool = True
    border: bool = False
    reduce: float = 1.0


def usual(random: Random, **fixed: object) -> Scan:
    """A scan as offices make them: somewhere between good and poor."""
    facts: dict[str, object] = {
        "seed": random.getrandbits(32),
        "skew": random.choice((0.0, random.uniform(-1, 1), random.uniform(-3, 3))),
        "blur": random.choice((0.0, 0.0, 0.6, 1.0)),
        "noise": random.choice((1, 3, 6, 10)),
        "quality": random.choice((95, 85, 75, 60, 40, 30)),
        "contrast": random.choice((1.0, 1.0, 0.85, 0.7)),
        "border": random.random() < 0.2,
    }
    return Scan(**(facts | fixed))  # type: ignore[arg-type]  # the table above has the fields


def scan(page: Pixels, truth: Truth, how: Scan) -> Pixels:
    """The scanned page, RGB or grey; `truth` gets the skew and the boxes that moved with it."""
    noise, random = np.random.default_rng(how.seed), Random(how.seed)
    page = _turn(page, truth, how.skew)
    if how.reduce != 1:
        page = cv2.resize(page, None, fx=how.reduce, fy=how.reduce, interpolation=cv2.INTER_AREA)
    light = page.astype(np.float32)
    if how.blur:
        light = cv2.GaussianBlur(light, (0, 0), how.blur)
    light = _lit(noise, light, how)
    if how.border:
        _shade_border(random, light)
    pixels = np.clip(light, 0, 255).astype(np.uint8)
    if how.mode in ("grey", "black"):
        pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if how.mode == "black":
        pixels = _binarised(pixels)
    truth.turned = how.turned
    return np.ascontiguousarray(np.rot90(pixels, -how.turned // 90))


def _turn(page: Pixels, truth: Truth, degrees: float) -> Pixels:
    """Turn the sheet counter-clockwise by `degrees`; boxes follow by their middles."""
    truth.skew = degrees
    if not degrees:
        return page
    high, wide = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1)
    truth.seals = [(stamp, _moved(matrix, box)) for stamp, box in truth.seals]
    truth.lines = [(text, _moved(matrix, box)) for text, box in truth.lines]
    return cv2.warpAffine(page, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def _moved(
    matrix: NDArray[np.float64], box: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    x, y = matrix @ np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2, 1])
    wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    return x - wide, y - high, x + wide, y + high


def _lit(noise: np.random.Generator, light: NDArray[np.float32], how: Scan) -> NDArray[np.float32]:
    """Paper colour, contrast, a shadow across, and sensor noise."""
    if how.paper:
        light = light * (1 - np.abs(noise.normal(0, 0.02, 3))).astype(np.float32)
    if how.contrast != 1:
        light = 235 - (235 - light) * how.contrast
    if how.shadow:
        fall = np.linspace(0, 0.1 * noise.random(), light.shape[1], dtype=np.float32)
        light = light * (1 - (fall if noise.random() < 0.5 else fall[::-1]))[None, :, None]
    if how.noise:
        grain = noise.normal(0, how.noise * 1.6, light.shape[:2]).astype(np.float32)
        light = light + cv2.GaussianBlur(grain, (0, 0), 0.7)[..., None]
    return light.astype(np.float32)


def _shade_border(random: Random, light: NDArray[np.float32]) -> None:
    """The dark strip a lid leaves along one side."""
    wide = max(2, int(light.shape[1] * random.uniform(0.003, 0.012)))
    side = random.choice((np.s_[:, :wide], np.s_[:, -wide:], np.s_[:wide], np.s_[-wide:]))
    light[side] = random.randint(0, 70)


def _binarised(grey: Pixels) -> Pixels:
    """Black and white, as fax-mode scans are."""
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return ((grey > min(205, level + 25)) * 255).astype(np.uint8)


def jpeg(pixels: Pixels, quality: int) -> bytes:
    """Encode as a JPEG."""
    kept = BytesIO()
    Image.fromarray(pixels).save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def speck(page: Pixels, seed: int) -> Pixels:
    """An empty sheet as scanners see it: dust, punch holes, a fold, print shining through."""
    random, page = Random(seed), page.copy()
    high, wide = page.shape[:2]
    for _ in range(random.randint(0, 25)):
        spot = (random.randrange(wide), random.randrange(high))
        cv2.circle(page, spot, random.randint(1, max(1, wide // 900)), [random.randint(60, 180)] * 3, -1)
    if random.random() < 0.5:
        for share in (0.36, 0.64):
            hole = (int(wide * 0.045), int(high * share))
            cv2.circle(page, hole, int(wide * 0.014), (70, 70, 70), -1)
    if random.random() < 0.5:
        y = int(high * random.uniform(0.3, 0.7))
        cv2.line(page, (0, y), (wide, y + random.randint(-9, 9)), (215, 215, 215), max(1, wide // 500))
    return page


def shine_through(blank: Pixels, back: Pixels) -> Pixels:
    """The print of the other side, mirrored, soft and faint."""
    ghost = cv2.GaussianBlur(back[:, ::-1], (0, 0), blank.shape[1] / 700).astype(np.float32)
    return np.clip(blank - (255 - ghost) * 0.07, 0, 255).astype(np.uint8)
