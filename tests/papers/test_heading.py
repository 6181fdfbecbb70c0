"""The red heading of a letter stays on one line, however long the bureau's name."""

import json

import pypdfium2
import pytest
import typst

from zaiti.papers.typst import PACKAGE

LETTER = """
#import "/papers/templates/papers/official.typ": *
#let (paper, facts) = load()
#show: official.with(paper, form: "{form}")
"""
LEFT, RIGHT = 28 / 25.4 * 72, (210 - 26) / 25.4 * 72  # the margins of GB/T 9704-2012, in points
NAME = "示例省示例自治州示例经济技术开发区人力资源和社会保障局"


def boxes_of_heading(form: str, name: str) -> list[tuple[float, ...]]:
    """The box of each character of the heading, as it stands on the page."""
    facts = {
        "number": "示〔2025〕1号",
        "title": "通知",
        "authority": name,
        "made_on": "2025-06-30",
        "facts": {},
    }
    made = typst.Compiler(root=str(PACKAGE)).compile(
        input=LETTER.format(form=form).encode(), sys_inputs={"paper": json.dumps(facts)}, format="pdf"
    )
    page = pypdfium2.PdfDocument(made)[0].get_textpage()
    heading = name + ("文件" if form == "notice" else "")
    start = page.get_text_range().index(heading)  # fails where the heading is broken up
    return [page.get_charbox(number, loose=True) for number in range(start, start + len(heading))]


@pytest.mark.parametrize("form", ["notice", "letter"])
@pytest.mark.parametrize("length", [8, 10, 13, 16, 24])
def test_it_stays_on_one_line_within_the_margins(form, length):
    boxes = boxes_of_heading(form, NAME[:length])
    bottoms = [bottom for _left, bottom, _right, _top in boxes]
    assert max(bottoms) - min(bottoms) < 1
    assert boxes[0][0] >= LEFT - 1
    assert boxes[-1][2] <= RIGHT + 1


def test_it_is_narrower_before_it_is_smaller():
    height = {n: box[3] - box[1] for n in (8, 16, 24) for box in boxes_of_heading("notice", NAME[:n])[:1]}
    assert height[8] == pytest.approx(height[16], rel=0.02)
    assert height[24] > 0.6 * height[8]
