"""The text layer of a page, line by line, where there is one."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TextLine:
    """A line, where its middle is (0..1 across and down) and its height in mm."""

    text: str
    across: float
    down: float
    high_mm: float


def layer(page: Any, most: int = 4000) -> list[TextLine]:
    """The page's text lines from the top down; empty where there is no text layer."""
    if next(page.get_objects(filter=[TEXT_OBJECT], max_depth=2), None) is None:
        return []
    content = page.get_textpage()
    wide, high = page.get_size()
    rectangles = [content.get_rect(index) for index in range(min(most, content.count_rects()))]
    lines = [_line(content, rectangle, wide, high) for rectangle in _joined(rectangles)]
    return sorted((line for line in lines if line.text), key=lambda line: (round(line.down, 2), line.across))


TEXT_OBJECT = 1
Rectangle = tuple[float, float, float, float]
# A gap wider than this many times the print's height parts cells, columns and a header's ends.
WIDEST_GAP = 1.2


def _joined(pieces: list[Rectangle]) -> list[Rectangle]:
    """The lines that pieces of print stand in: some programs place each sign by itself."""
    lines: list[Rectangle] = []
    for row in _rows(pieces):
        start = len(lines)
        for piece in sorted(row):
            if len(lines) > start and piece[0] - lines[-1][2] < WIDEST_GAP * _high(lines[-1], piece):
                left, bottom, right, top = lines[-1]
                lines[-1] = left, min(bottom, piece[1]), max(right, piece[2]), max(top, piece[3])
            else:
                lines.append(piece)
    return lines


def _rows(pieces: list[Rectangle]) -> list[list[Rectangle]]:
    """Pieces at about one level, from the top down."""
    rows: list[list[Rectangle]] = []
    for piece in sorted(pieces, key=lambda each: -(each[1] + each[3])):
        first = rows[-1][0] if rows else None
        if first and abs(first[1] + first[3] - piece[1] - piece[3]) < _high(first, piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _high(a: Rectangle, b: Rectangle) -> float:
    return max(a[3] - a[1], b[3] - b[1])


def _line(content: Any, rectangle: tuple[float, float, float, float], wide: float, high: float) -> TextLine:
    left, bottom, right, top = rectangle
    text = content.get_text_bounded(left, bottom, right, top).strip()
    return TextLine(
        text, (left + right) / 2 / wide, 1 - (top + bottom) / 2 / high, abs(top - bottom) / 72 * 25.4
    )
