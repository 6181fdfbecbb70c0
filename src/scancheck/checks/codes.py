"""Unified social credit codes on the first pages, and whether their check digits hold."""

import re
from functools import reduce

from stdnum.cn import uscc

from scancheck.check import Check, Document, Whole
from scancheck.checks.titles import first_lines
from scancheck.report import Uscc, finding

# Signs a code never has, and what they were taken for.
LOOKALIKES = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "Y"}
CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")


def codes(text: str, page: int) -> list[Uscc]:
    """Credit codes in a text, each with whether its check digit holds."""
    found = []
    for match in CODE.findall(re.sub(r"\s", "", text.upper())):
        code = reduce(lambda kept, pair: kept.replace(*pair), LOOKALIKES.items(), match)
        if code[2:8].isdecimal() and code[0] in "159ANY":
            found.append(Uscc(code, bool(uscc.is_valid(code)), page))
    return found


def whole(document: Document) -> Whole:
    """The codes, and one that fails its check digit where none holds: it was misread or mistyped."""
    lines = ((number, line[0]) for number, top in first_lines(document) for line in top)
    found = {each.code: each for number, text in lines for each in codes(text, number)}
    wrong = [] if any(each.valid for each in found.values()) else list(found.values())[:1]
    return Whole(
        tuple(finding("uscc", "unsure", "uscc_invalid", page=each.page, given=each.code) for each in wrong),
        fields={"uscc": tuple(found.values())},
    )


WORDS = {
    "uscc_invalid": (
        "第 {page} 页的统一社会信用代码 {given} 校验位不对（可能识别有误），请核对。",
        "The credit code {given} on page {page} fails its check digit (or was misread). Please check.",
    ),
}
CHECK = Check(
    name="uscc",
    about=("统一社会信用代码", "unified social credit codes"),
    words=WORDS,
    document=whole,
    by_eye=False,
)
