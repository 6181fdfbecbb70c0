"""Page numbers as they are printed in Chinese and Western papers."""

import re
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

DIGIT = "[0-9一二三四五六七八九十百零〇]"
CHINESE = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
MOST = 5000
DASH = r"[-‐‑‒−—–―ー_~·•.。一]"
# Between dashes nothing but a number stands, so what looks like a figure is one.
LIKE = str.maketrans("qgoO", "9900")
DIGIT_LIKE = r"[\dqgoO]"
FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("of", re.compile(rf"第({DIGIT}+)页[^共]{{0,2}}共({DIGIT}+)页?")),
    ("of", re.compile(rf"共({DIGIT}+)页[,，/、;；|]*第(?P<number>{DIGIT}+)页?")),
    ("of", re.compile(r"^p(?:age|\.)?(\d+)(?:of|/)(\d+)$", re.IGNORECASE)),
    ("page", re.compile(rf"^第({DIGIT}+)页$")),
    ("page", re.compile(r"^p(?:age|\.)?(\d+)$", re.IGNORECASE)),
    ("of", re.compile(r"^(\d{1,4})[/／](\d{1,4})$")),
    ("dash", re.compile(rf"^{DASH}{{1,3}}({DIGIT_LIKE}{{1,4}}){DASH}{{1,3}}$")),
    ("bare", re.compile(rf"^{DASH}{{0,3}}(\d{{1,4}}){DASH}{{0,3}}$")),
)
ROMAN_FORM = re.compile(
    r"^" + DASH + r"{0,2}((?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))" + DASH + r"{0,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Printed:
    """A number as read: its form ("of", "page", "dash", "bare", "roman"), value and total."""

    form: str
    number: int
    total: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A line that may be the page's number; `place`, `across` (0 left, 1 right) and `down` say where."""

    printed: Printed
    place: str
    across: float
    confidence: float
    down: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """For the way out of the sandbox."""
        return asdict(self)

    @staticmethod
    def from_json(facts: dict[str, Any]) -> "Candidate":
        """Back from `as_json`."""
        return Candidate(**(facts | {"printed": Printed(**facts["printed"])}))


def parse(text: str) -> Printed | None:
    """Read a page number from one recognised line; None where it isn't one."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    for form, pattern in FORMS:
        match = pattern.search(plain)
        if match:
            return _sane(form, match)
    roman = ROMAN_FORM.match(plain)
    return Printed("roman", _roman(roman[1].lower())) if roman and roman[1] else None


def _sane(form: str, match: re.Match[str]) -> Printed | None:
    named = match.groupdict().get("number")
    groups = [_value(group) for group in match.groups()]
    number, total = groups[0], groups[1] if form == "of" else None
    if named is not None:
        number, total = _value(named), groups[0]
    if not 0 < number <= MOST or (total is not None and not number <= total <= MOST):
        return None
    return Printed(form, number, total)


def _value(text: str) -> int:
    text = text.translate(LIKE)
    if text.isdecimal():
        return int(text)
    total = unit = 0
    for sign in text:
        if sign in "十百":
            total, unit = total + (unit or 1) * (10 if sign == "十" else 100), 0
        else:
            unit = unit * 10 + (int(sign) if sign.isdecimal() else CHINESE[sign])
    return total + unit


def _roman(text: str) -> int:
    values = [ROMAN[sign] for sign in text]
    return sum(-v if any(v < later for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
