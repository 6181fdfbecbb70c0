"""The title of a letter breaks between words; its signature stands on no page alone."""

import json
import re

import pypdfium2
import pytest
import typst

from zaiti.papers.typst import PACKAGE

LETTER = """
#import "/papers/templates/papers/official.typ": *
#let (paper, facts) = load()
#show: official.with(paper, form: "{form}")
"""


def made_of(text: str, title: str = "通知", number: str = "示〔2025〕1号", form: str = "letter") -> bytes:
    facts = {
        "number": number,
        "title": title,
        "authority": "示例局",
        "made_on": "2025-06-30",
        "facts": {},
    }
    made = typst.Compiler(root=str(PACKAGE)).compile(
        input=(LETTER.replace("{form}", form) + text).encode(),
        sys_inputs={"paper": json.dumps(facts)},
        format="pdf",
    )
    assert isinstance(made, bytes)
    return made


def pages_of(text: str, *more: str, **facts: str) -> list[str]:
    made = made_of(text, *more, **facts)
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


def lines_of(title: str) -> list[str]:
    said = pages_of("正文", title)[0].split("号")[1].split("正文")[0]
    return [line.replace(" ", "") for line in said.splitlines() if line.strip()]


@pytest.mark.parametrize(
    "lines",
    [
        ["受理通知书"],
        ["深圳市罗湖区人力资源局关于2024年度", "深圳市终身职业技能培训载体认定", "候选名单的公示"],
        ["深圳市人力资源和社会保障局关于", "公布2024年度新认定深圳市", "终身职业技能培训载体名单的公告"],
        ["关于报送2024年度深圳市", "终身职业技能培训载体认定候选名单的函"],
    ],
)
def test_no_line_ends_within_a_word(lines):
    assert lines_of("".join(lines)) == lines


def test_a_name_longer_than_a_line_is_not_cut_off():
    assert "".join(lines_of("甲" * 60)) == "甲" * 60


@pytest.mark.parametrize("paragraphs", range(10, 20))
def test_the_last_paragraph_goes_along_with_the_signature(paragraphs):
    pages = pages_of("字句。\n\n" * paragraphs + "特此通知。\n#signed()\n#pagebreak()\n附件")
    (signed,) = [page for page in pages if "示例局\r\n2025" in page]
    assert "特此通知。" in signed
    assert "附件" in pages[-1]
    assert sum(page.count("字句。") for page in pages) == paragraphs


@pytest.mark.parametrize(
    "title",
    [
        "深圳市人力资源和社会保障局关于取消示例精密智能装备制造股份有限公司终身职业技能培训载体认定的公告",
        "深圳市深汕特别合作区统战和社会建设局关于延长2024年度终身职业技能培训载体申报时间的公告",
        "深圳市罗湖区人力资源局关于《深圳市罗湖区人力资源局关于开展2024年度终身职业技能培训载体认定工作的通知》的更正公告",
        "关于撤回" + "示例" * 20 + "2025年度认定候选资格的函",
    ],
)
def test_a_long_title_is_cut_in_no_year_and_leaves_no_word_alone(title):
    lines = lines_of(title)
    assert "".join(lines) == title
    assert not [
        line for line in lines if line[0] in "的）》，" or (line[0].isdigit() and line[:4] not in title)
    ]
    assert not [line for line in lines if line[-1].isdigit() or line.startswith("年度")]
    assert all(len(line) > 4 for line in lines)


def test_headings_stand_two_characters_in():
    text = '#headed(sec("一、认定载体类型"))\n\n正文'
    box = boxes_of(text, "一")
    assert box[0] == pytest.approx(28 / 25.4 * 72 + 2 * 16, abs=1.5)


def boxes_of(text: str, character: str) -> tuple[float, ...]:
    """The box of a character on the first page."""
    page = pypdfium2.PdfDocument(made_of(text))[0].get_textpage()
    return page.get_charbox(page.get_text_range().index(character), loose=True)


def test_a_last_paragraph_longer_than_a_page_runs_over_several():
    told = "".join(f"第{n:04d}句。" for n in range(400))
    pages = pages_of(f"开头。\n\n{told}\n\n#signed()")
    said = re.sub(r"—\d+—|\s", "", "".join(pages).replace(" ", ""))
    assert [n for n in range(400) if f"第{n:04d}句" not in said] == []
    assert all(len(page) < 2 * 22 * 28 for page in pages)  # what runs off a sheet is still in its text
    assert "2025年6月30日" in said
