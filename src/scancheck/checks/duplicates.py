"""Finds pages scanned twice: alike as a whole, and without any place where they differ."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scancheck import closely
from scancheck.check import Check, Document, Page, Whole
from scancheck.profile import Profile
from scancheck.raster import Pixels, Raster, shrunk
from scancheck.report import finding
from scancheck.verdict import Verdict

# A page is kept as a picture of its ink, small enough to hold for 2,000 pages.
WIDE, HIGH = 200, 283
THUMB = (25, 35)
INK_BYTES = -(-WIDE * HIGH // 8)


@dataclass(frozen=True)
class Bounds:
    """How alike two scans of one sheet are."""

    # Duplicates, at 200 by 283 points a page: thumbnails of the same sheet correlate above 0.9
    # even after another scan; then no place of 9 by 9 points may hold more than a comma's
    # worth of ink that the other lacks.
    least_alike: float = 0.85
    most_looks: int = 4
    most_unmatched: float = 0.04
    most_in_place: float = 8.0
    # At reading resolution, how alike two scans of a sheet are where they differ most, over a sign.
    least_in_place: float = 0.72


@dataclass(frozen=True)
class Print:
    """What is kept of a page: ink packed to bits, a normalised thumbnail, its ink at reading
    resolution, and its text where that is what the page consists of."""

    ink: bytes
    thumb: NDArray[np.float32]
    fine: bytes
    text: str | None = None

    def packed(self) -> bytes:
        """For the way out of the sandbox and back."""
        return b"".join([json.dumps(self.text).encode(), b"\n", self.ink, self.thumb.tobytes(), self.fine])

    @staticmethod
    def unpacked(memory: bytes) -> "Print":
        """Back from `packed`."""
        text, _, rest = memory.partition(b"\n")
        thumb_ends = INK_BYTES + 4 * THUMB[0] * THUMB[1]
        thumb = np.frombuffer(rest[INK_BYTES:thumb_ends], np.float32)
        return Print(rest[:INK_BYTES], thumb, rest[thumb_ends:], json.loads(text))


def remember(raster: Raster, skew: float, text: str | None = None) -> Print:
    """Keep what is needed to know this page again."""
    ink = _turned(shrunk(raster.ink, (WIDE, HIGH)), skew)
    level = max(6.0, 0.35 * float(np.percentile(ink[::2, ::2], 98)))
    thumb = (
        cv2.resize(cv2.blur(ink, (13, 13)), THUMB, interpolation=cv2.INTER_AREA).astype(np.float32).ravel()
    )
    thumb -= thumb.mean()
    thumb /= max(1e-3, float(np.linalg.norm(thumb)))
    return Print(np.packbits(ink > level).tobytes(), thumb, closely.kept(raster, skew), text)


def repeats(prints: Mapping[int, Print], bounds: Bounds) -> Iterator[tuple[int, int | None]]:
    """For each page but the first, by position, the earlier one that it repeats, if it does."""
    positions = sorted(prints)
    thumbs = np.stack([prints[position].thumb for position in positions]) if positions else np.empty((0, 0))
    for index in range(1, len(positions)):
        alike = thumbs[:index] @ thumbs[index]
        likely = (int(other) for other in np.argsort(-alike)[: bounds.most_looks])
        near = (positions[other] for other in likely if alike[other] >= bounds.least_alike)
        here = positions[index]
        yield here, next((other for other in near if same(prints[other], prints[here], bounds)), None)


def same(a: Print, b: Print, bounds: Bounds) -> bool:
    """Whether two pages have the same ink everywhere, but for a small shift and scanner noise."""
    if a.text is not None and b.text is not None and a.text != b.text:
        return False
    first, second = _unpacked(a), _unpacked(b)
    second = _aligned(first, second)
    unmatched = np.maximum(_beyond(first, second), _beyond(second, first))
    if unmatched.sum() > bounds.most_unmatched * max(1, int((first | second).sum())):
        return False
    cells = cv2.boxFilter(unmatched.astype(np.float32), -1, (9, 9), normalize=False)
    alike = float(cells.max()) <= bounds.most_in_place
    return alike and closely.least_alike(a.fine, b.fine) >= bounds.least_in_place


def _turned(ink: Pixels, skew: float) -> Pixels:
    high, wide = ink.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), -skew, 1)
    return cv2.warpAffine(ink, matrix, (wide, high)).astype(np.uint8) if abs(skew) > 0.1 else ink


def _unpacked(kept: Print) -> NDArray[np.uint8]:
    return np.unpackbits(np.frombuffer(kept.ink, np.uint8))[: WIDE * HIGH].reshape(HIGH, WIDE)


def _aligned(fixed: NDArray[np.uint8], moving: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Shift by up to 2 % to where the ink agrees best."""
    window = cv2.GaussianBlur(fixed.astype(np.float32), (0, 0), 0.8)
    inner = cv2.GaussianBlur(moving.astype(np.float32), (0, 0), 0.8)[6:-6, 6:-6]
    _, _, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(window, inner, cv2.TM_CCOEFF_NORMED))
    shift = np.array([[1, 0, x - 6], [0, 1, y - 6]], np.float32)
    return cv2.warpAffine(moving, shift, (WIDE, HIGH), flags=cv2.INTER_NEAREST).astype(np.uint8)


def _beyond(ink: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Ink with none of the other's within a pixel; the rim is left out."""
    near = cv2.dilate(other, np.ones((3, 3), np.uint8))
    lone = (ink & ~near.astype(np.uint8) & 1).astype(np.uint8)
    lone[:8] = lone[-8:] = 0
    lone[:, :6] = lone[:, -6:] = 0
    return lone


def run(page: Page) -> Verdict[None]:
    """Keep what is needed to know the page again."""
    kept = remember(page.raster, page.lean, _text(page))
    return Verdict(None, memory=kept.packed())


def _text(page: Page) -> str | None:
    """What a page that is no scan says; a scan's text layer is only what someone's recognition read."""
    if page.raster.source != "text":
        return None
    return str(page.source.get_textpage().get_text_range()) or None


def compare(memories: Mapping[int, bytes], profile: Profile) -> Iterator[tuple[int, int | None]]:
    """Say which page repeats which earlier one."""
    prints = {number: Print.unpacked(memory) for number, memory in memories.items()}
    return repeats(prints, profile.of(Bounds))


def whole(document: Document) -> Whole:
    """Tell each page that repeats another."""
    repeats = document.compared.get("duplicate", {})
    return Whole(
        on_pages=tuple(
            finding("duplicate", "warn", "duplicate", page=page, other=other)
            for page, other in sorted(repeats.items())
        ),
        page_fields={page: {"duplicate_of": other} for page, other in repeats.items()},
    )


WORDS = {
    "duplicate": (
        "第 {page} 页与第 {other} 页重复。",
        "Page {page} repeats page {other}.",
    ),
}
CHECK = Check(
    name="duplicate",
    about=("重复页", "pages scanned twice"),
    words=WORDS,
    bounds=Bounds,
    page=run,
    after=("skew",),
    compare=compare,
    document=whole,
)
