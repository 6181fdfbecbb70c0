"""Nothing of one city, one programme or one notice stands in the code: it is data (policies, demo, tests).

What may stand there is stated below, each with its reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = ("src/zaiti", "src/scancheck")
KINDS = {".py", ".html", ".typ", ".txt", ".md", ".js", ".css", ".po", ".json"}
PLACES = "深圳|罗湖|福田|南山|盐田|宝安|龙岗|龙华|坪山|光明|大鹏|深汕|[Ss]henzhen|[Ll]uohu"
TYPES = "高技能人才培训基地|技能大师工作室|乡村振兴技能工作站"
CODES = r"\"(?:base|studio|station)\""
NUMBERS = r"深人社|〔20[12]\d〕\d+号|号令?〔20"
PATTERNS = {"place": PLACES, "type": TYPES, "type code": CODES, "document number": NUMBERS}
YEAR = r"(?<![\w-])20(?:2[2-9])(?!\d)"
# (file, what stands there): why.
ALLOWED = {
    (
        "src/zaiti/web/ui/styleguide.py",
        "type code",
    ): "a template variable; sample forms",
    ("src/zaiti/web/ui/styleguide.py", "type"): "the style guide's sample data, shown in demo mode alone",
    ("src/zaiti/web/ui/templates/ui/styleguide.html", "type"): "the same",
    ("src/zaiti/studio/apps.py", "type code"): "the name of the room where years are prepared",
    ("src/zaiti/locale/zh_Hans/LC_MESSAGES/django.po", "type"): "the style guide's words",
}
# A year in the code: the State Council's table, or an example of how something is written.
YEARS = {
    "src/zaiti/clock/seed.py": "the years whose holidays chinesecalendar knows",
    "src/zaiti/web/desk/plan/calendar.py": "a Monday, to name the weekdays by",
    "src/zaiti/accounts/identity.py": "when cards changed their form, by law",
    "src/zaiti/programmes/packs/values.py": "how a day is written",
    "src/zaiti/applications/answering.py": "how a day is written",
    "src/zaiti/web/forms/fields.py": "how a day is written",
    "src/zaiti/web/api/docs.py": "how a day is written",
}


def files() -> Iterator[Path]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*")):
            inside = path.relative_to(ROOT).parts
            if path.suffix in KINDS and "migrations" not in inside and "static" not in inside:
                yield path


def found(path: Path, pattern: str) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize("what", PATTERNS)
def test_the_code_names_no_city_type_or_document(what):
    seen = [
        line
        for path in files()
        if (str(path.relative_to(ROOT)), what) not in ALLOWED
        for line in found(path, PATTERNS[what])
    ]
    assert seen == []


def years_in(path: Path) -> list[str]:
    """Years in what the code says or counts with: comments and docstrings tell how a date is written."""
    if path.suffix in {".txt", ".md"}:
        return found(path, YEAR)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    values = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told]
    return [f"{path.name}:{node.lineno}" for node in values if re.search(YEAR, str(node.value))]


def test_no_year_of_a_notice_stands_in_what_the_code_says():
    shown = [path for path in files() if path.suffix in {".py", ".txt", ".md"}]
    seen = {str(path.relative_to(ROOT)): years_in(path) for path in shown}
    assert {name: lines for name, lines in seen.items() if lines and name not in YEARS} == {}
    assert {name for name in YEARS if not seen[name]} == set()


def test_what_is_allowed_is_there():
    gone = [(name, what) for name, what in ALLOWED if not found(ROOT / name, PATTERNS[what])]
    assert gone == []
