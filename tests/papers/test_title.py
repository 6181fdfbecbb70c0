"""The title of a letter breaks between words; its signature stands on no page alone."""

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


def pages_of(
    text: str, title: str = "通知", number: str = "示〔2025〕1号", form: str = "letter"
) -> list[str]:
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
