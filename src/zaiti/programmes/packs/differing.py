"""Dates, numbers and names that a text writes out, and that no field says so."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from zaiti.programmes.packs.reading import Place
from zaiti.programmes.packs.references import BRACED, REFERENCES, spelled, texts, value_at

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DAY = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日(?:至(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?")
YEAR = re.compile(r"(?<!\d)\d{4}(?=年度)")
PLACES = re.compile(r"(?<![\d.])\d+(?=家)")
WORKING_DAYS = re.compile(r"([^。；，、：]{0,12}?)(\d+)个工作日")
IDLE = re.compile(r"连续(\d+)年未从事")
COPIES = re.compile(r"一式([一二两三四五六七八九十\d]+)份")
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}〔\d{4}〕\d+号")
PHONE = re.compile(r"(?<![\d-])(?:0\d{2,3}-)?\d{7,8}(?![\d-])")
BEFORE = "由报向经到至与和及送交在按请"  # what stands right before a bureau's name, and begins none
BUREAU = re.compile(
    rf"(?:(?<=[{BEFORE}])|(?<![一-鿿]))(?![{BEFORE}各本我该全])[一-鿿]{{2,3}}市[一-鿿]{{0,18}}?局"
)
COUNTED = "零一两三四五六七八九十"
TERMS = {"公示": "公示天数", "受理": "受理天数", "补正": "补正天数", "异议": "异议处理天数"}
# Fields themselves, and what was published elsewhere and stands as it was.
FIELDS = {reference.at for reference in REFERENCES.values()} - {("notice", "title")}
SKIPPED = {"disclosure", "districts", "city", "contact", "portal", "basis", "further_basis"}
Found = Iterator[tuple[str, str, Place]]  # what is written, what the field says instead, and the field


class Difference(NamedTuple):
    """Something that a text writes out and no field says."""

    at: Place
    written: str
    message: str
    field: Place  # that it may have been meant to say


def differences(facts: dict[str, Any]) -> list[Difference]:
    """Every date, number and bureau in the texts that differs from the fields."""
    said = list(texts(facts))
    known = {spelled(value[:10]) for _place, value in said if ISO_DAY.match(value)}
    checks = (lambda text, _facts: _days(text, known), *CHECKS)
    return [
        Difference(place, written, message, field)
        for place, text in said
        if place[0] not in SKIPPED and place not in FIELDS
        for check in checks
        for written, message, field in check(BRACED.sub("　", text), facts)
    ]


def _days(text: str, known: set[str]) -> Found:
    for found in DAY.finditer(text):
        year, month, day, last_year, last_month, last_day = found.groups()
        days = [f"{year}年{int(month)}月{int(day)}日"]
        if last_day:
            days.append(f"{last_year or year}年{int(last_month or month)}月{int(last_day)}日")
        for written in days:
            if written not in known:
                yield written, f"文中写着“{written}”，没有一个日期字段是这一天。", ("windows",)


def _years(text: str, facts: dict[str, Any]) -> Found:
    for written in YEAR.findall(text):
        if written != str(facts.get("year")):
            yield f"{written}年度", f"文中写着“{written}年度”，年度字段是{facts.get('year')}。", ("year",)


def _places(text: str, facts: dict[str, Any]) -> Found:
    known = {str(facts.get("cap"))}
    both = ("quotas", "sample_quotas")
    districts = [place.get(kind) or {} for place in facts.get("districts", []) for kind in both]
    counts = [[number for number in row.values() if isinstance(number, int)] for row in districts]
    known |= {str(number) for row in counts for number in (*row, sum(row))}
    known |= {str(sum(row.get(kind["code"], 0) for row in districts)) for kind in facts.get("types", [])}
    for written in PLACES.findall(text):
        if written not in known:
            said = f"认定上限是{facts.get('cap')}家，各区名额里也没有这个数。"
            yield f"{written}家", f"文中写着“{written}家”，{said}", ("cap",)


def _terms(text: str, facts: dict[str, Any]) -> Found:
    for before, written in WORKING_DAYS.findall(text):
        names = [name for word, name in TERMS.items() if word in before]
        known = {name: spelled(value_at(facts, REFERENCES[name].at)) for name in names}
        if names and written not in known.values():
            said = "、".join(f"{name}是{value}" for name, value in known.items())
            at = REFERENCES[names[0]].at
            yield f"{written}个工作日", f"文中写着“{written}个工作日”，{said}。", at


def _idle(text: str, facts: dict[str, Any]) -> Found:
    at = REFERENCES["停训年数"].at
    years = spelled(value_at(facts, at))
    for written in IDLE.findall(text):
        if written != years:
            yield f"连续{written}年", f"文中写着“连续{written}年”，停训年数是{years}。", at


def _copies(text: str, facts: dict[str, Any]) -> Found:
    copies = value_at(facts, ("paper", "copies"))
    known = {str(copies), "二" if copies == 2 else ""}
    known |= {COUNTED[copies]} if isinstance(copies, int) and copies < len(COUNTED) else set()
    for written in COPIES.findall(text):
        if written not in known:
            yield (
                f"一式{written}份",
                f"文中写着“一式{written}份”，纸质材料份数是{copies}。",
                ("paper", "copies"),
            )


def _numbers(text: str, facts: dict[str, Any]) -> Found:
    rest = [one.get("number") for one in facts.get("further_basis", [])]
    known = [value_at(facts, REFERENCES[name].at) for name in ("文号", "依据文号")]
    for written in NUMBER.findall(text):
        if not any(number and written.endswith(number) for number in (*known, *rest)):
            yield written, f"文中写着文号“{written}”，文号和依据文件里没有它。", REFERENCES["文号"].at


def _phones(text: str, facts: dict[str, Any]) -> Found:
    known = [value_at(facts, REFERENCES[name].at) for name in ("联系电话", "纸质材料电话")]
    digits = [re.sub(r"\D", "", number) for number in known if number]
    for written in PHONE.findall(text):
        mine = re.sub(r"\D", "", written)
        if not any(mine.endswith(number) or number.endswith(mine) for number in digits):
            yield (
                written,
                f"文中写着电话“{written}”，联系电话和纸质材料电话都不是它。",
                REFERENCES["联系电话"].at,
            )


def _bureaus(text: str, facts: dict[str, Any]) -> Found:
    districts = [place.get("authority") for place in facts.get("districts", [])]
    known = {value_at(facts, REFERENCES[name].at) for name in ("市局", "发文机关", "联系单位")} | {*districts}
    for written in BUREAU.findall(text):
        if written not in known:
            yield written, f"文中写着“{written}”，市局、各区和联系单位里没有这个名称。", ("districts",)


CHECKS: tuple[Callable[[str, dict[str, Any]], Found], ...] = (
    _years,
    _places,
    _terms,
    _idle,
    _copies,
    _numbers,
    _phones,
    _bureaus,
)
