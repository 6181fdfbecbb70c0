import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from zaiti.core.markdown import cell, escape
from zaiti.web.ui.prose import prose

HOSTILE = [
    "a|b*c*_d_`e`",
    "[点此](http://evil.example) ![x](y)",
    "<b>x</b>&lt;&amp;",
    "# 标题",
    "- 项",
    "+ 项",
    "12. 项",
    "3) 项",
    "> 引",
    "---",
    "    代码",
    "\\*a\\",
    "<http://evil.example>",
    "~~~x",
    "=====",
    "| --- |",
    "[a]: http://evil.example",
]


def shown(html: str) -> str:
    return unescape(strip_tags(html)).strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_reads_as_it_was_written(text: str):
    html = prose(f"前文\n{escape(text)}\n\n{escape(text)}\n\n后文")
    assert shown(html).count(text.strip()) == 2
    assert set(re.findall(r"<(\w+)", html)) <= {"p"}


@pytest.mark.parametrize("text", [*HOSTILE, "一\n二", "a\r\n| b |", "x\x0by"])
def test_a_cell_stays_one_cell(text: str):
    html = prose(f"| 名 | 号 |\n| --- | --- |\n| {cell(text)} | 1 |\n| 次 | 2 |")
    assert (html.count("<tr>"), html.count("<td>")) == (3, 4)
    assert set(re.findall(r"<(\w+)", html)) <= {"div", "table", "thead", "tbody", "tr", "th", "td"}
