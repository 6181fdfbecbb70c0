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


def layer(page: Any, most: int = 400) -> list[TextLine]:
    """The page's text lines from the top down; empty where there is no text layer."""
    if next(page.get_objects(filter=[TEXT_OBJECT], max_depth=2), None) is None:
        return []
    content = page.get_textpage()
    wide, high = page.get_size()
    rectangles = [content.get_rect(index) for index in range(min(most, content.count_rects()))]
    lines = [_line(content, rectangle, wide, high) for rectangle in rectangles]
    return sorted((line for line in lines if line.text), key=lambda line: (round(line.down, 2), line.across))


TEXT_OBJECT = 1


def _line(content: Any, rectangle: tuple[float, float, float, float], wide: float, high: float) -> TextLine:
    left, bottom, right, top = rectangle
    text = content.get_text_bounded(left, bottom, right, top).strip()
    return TextLine(
        text, (left + right) / 2 / wide, 1 - (top + bottom) / 2 / high, abs(top - bottom) / 72 * 25.4
    )
