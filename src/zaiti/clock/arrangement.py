"""Reads a year's holidays from the State Council's notice, or a table's rows, with the faults by line."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

SATURDAY, DECEMBER, LONGEST = 5, 12, 30  # days; no holiday is longer
WEEKDAYS = "一二三四五六日"
FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
ADVICE = (
    "鼓励",
    "提倡",
    "建议",
    "倡导",
    "其中",
    "调至",
    "调到",
)  # says nothing that the other sentences do not
HEAD = re.compile(r"^(?:[一二三四五六七八九十]+、|[(]?\d+[.)、])?\s*([\u4e00-\u9fff、()]{2,20}):")
ITEM_STARTS = re.compile(r"\n(?=\s*(?:[一二三四五六七八九十]+、|[\u4e00-\u9fff、]{2,12}:))")
DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?")
DEED = re.compile(r"(.*?)(放假|补休|休息|公休|上班)", re.DOTALL)
RANGE = re.compile(r"^\s*起?\s*(?:至|到|[-—–~])\s*$")
SIGNED = re.compile(r"[^\d]\d{4}年\d+月\d+日(?:\D*)$|^\d{4}年\d+月\d+日\D*$")  # who signs, and when
TOTAL = re.compile(r"(?:共|放假)\s*(\d+)\s*天")
SAID_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
OF_YEAR = re.compile(r"(\d{4})年(?:部分)?(?:节假日|元旦|放假)")
NUMBER = re.compile(r"国办发[^\s〔\[]{0,4}[〔\[]\d{4}[〕\]]\s*\d+\s*号")


@dataclass(frozen=True)
class Fault:
    """What is wrong, and in which line."""

    line: int
    said: str


@dataclass
class Arrangement:
    """The days of a year that differ from their weekday; none of it counts before it is confirmed."""

    year: int
    days: dict[date, tuple[bool, str]] = field(default_factory=dict)
    told: dict[date, bool] = field(default_factory=dict)  # every day that is named, and whether it is worked
    names: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """The festivals of which nothing was said."""
        return [one for one in FESTIVALS if not any(one in name for name in self.names)]

    @property
    def rows(self) -> list[tuple[str, bool, str]]:
        """The days as a draft keeps them."""
        return [(day.isoformat(), working, name) for day, (working, name) in sorted(self.days.items())]


def read_text(text: str, year: int) -> Arrangement:
    """Read the notice as it is pasted, with its title and signature or without."""
    found = Arrangement(year)
    named = OF_YEAR.search(unicodedata.normalize("NFKC", text))
    if named and int(named[1]) != year:
        facts = {"said": named[1], "year": year}
        found.faults.append(Fault(1, _("The text is the arrangement of %(said)s, not of %(year)s.") % facts))
        return found
    _read_clauses(found, _clauses(unicodedata.normalize("NFKC", text)))
    if not found.days and not found.faults:
        found.faults.append(
            Fault(
                1,
                _("No holiday is found: paste the items of the notice, each with its dates."),
            )
        )
    return found


def read_rows(rows: Iterable[tuple[int, str]], year: int) -> Arrangement:
    """Read (line, sentence) pairs that a table's rows were made into."""
    found = Arrangement(year)
    _read_clauses(found, ((line, unicodedata.normalize("NFKC", said)) for line, said in rows))
    if not found.days and not found.faults:
        found.faults.append(
            Fault(1, _("No holiday is found: each row needs a day, whether it is off or worked, and a name."))
        )
    return found


def number_in(text: str) -> str:
    """The notice's number, when the text has it."""
    known = NUMBER.search(text)
    return known[0] if known else ""


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with the line it begins in; a line broken inside a sentence is put together again."""
    line = 1
    for part in re.split(r"([。;])", ITEM_STARTS.sub("。\n", text)):
        lead = len(part) - len(part.lstrip())
        if part.strip(" 。;\n"):
            yield line + part[:lead].count("\n"), "".join(part.split())
        line += part.count("\n")


def _read_clauses(found: Arrangement, clauses: Iterable[tuple[int, str]]) -> None:
    name = ""
    for line, clause in clauses:
        if head := HEAD.match(clause):
            name = head[1]
        said = clause[head.end() :] if head else clause
        if DAY.search(said) and not any(word in said for word in ADVICE):
            _read_clause(found, line, name, said)


def _read_clause(found: Arrangement, line: int, name: str, said: str) -> None:
    deeds = list(DEED.finditer(said))
    if not deeds:
        if not SIGNED.search(said):
            _blame(
                found,
                line,
                _("“%(text)s” doesn't say whether it is a day off or a make-up workday."),
                text=said,
            )
        return
    found.names.append(name)
    off = 0
    for deed in deeds:
        days, worked = _days(found, line, name, deed[1]), deed[2] == "上班"
        off += 0 if worked else len(days)
        for day in days:
            _put(found, line, day, worked, name)
    total = TOTAL.search(said)
    if total and off and int(total[1]) != off:
        text = _("“%(text)s” says %(said)s days off, but names %(named)s.")
        _blame(found, line, text, text=said, said=total[1], named=off)


def _days(found: Arrangement, line: int, name: str, said: str) -> list[date]:
    """The days that a piece of text names, with those between the ends of a range."""
    days: list[date] = []
    end = 0
    for token in DAY.finditer(said):
        last = days[-1] if days else None
        day = _day(found, line, name, token, last)
        between, end = said[end : token.start()], token.end()
        if day and last and RANGE.match(between):
            days += _between(found, line, last, day)
        days += [day] if day else []
    return days


def _day(found: Arrangement, line: int, name: str, token: re.Match[str], last: date | None) -> date | None:
    month = int(token[2]) if token[2] else last and last.month
    if not month:
        _blame(found, line, _("“%(text)s” has no month."), text=token[0])
        return None
    try:
        day = date(_year(found, name, token, month, last), month, int(token[3]))
    except ValueError:
        _blame(found, line, _("“%(text)s” is no day of the calendar."), text=token[0])
        return None
    if day.year not in (found.year - 1, found.year):
        text = _("“%(text)s” is not in %(year)s or just before.")
        _blame(found, line, text, text=token[0], year=found.year)
        return None
    _check_weekday(found, line, day, token[4] or "")
    return day


def _check_weekday(found: Arrangement, line: int, day: date, said: str) -> None:
    weekday = SAID_WEEKDAY.search(said)
    if weekday and WEEKDAYS.index(weekday[1].replace("天", "日")) != day.weekday():
        text = _("%(day)s is a %(true)s, but the text says “%(said)s”.")
        _blame(found, line, text, day=day.isoformat(), true=f"星期{WEEKDAYS[day.weekday()]}", said=weekday[0])


def _year(found: Arrangement, name: str, token: re.Match[str], month: int, last: date | None) -> int:
    if token[1]:
        return int(token[1])
    if last is not None:
        return last.year + (last.month == DECEMBER and month == 1)
    return found.year - 1 if month == DECEMBER and "元旦" in name else found.year


def _between(found: Arrangement, line: int, first: date, last: date) -> list[date]:
    span = (last - first).days
    if not 0 < span < LONGEST:
        facts = {"first": first.isoformat(), "last": last.isoformat()}
        _blame(found, line, _("From %(first)s to %(last)s can't be one holiday."), **facts)
        return []
    return [first + timedelta(days=n) for n in range(1, span)]


def _put(found: Arrangement, line: int, day: date, working: bool, name: str) -> None:
    usual = day.weekday() < SATURDAY
    other = found.told.setdefault(day, working) != working
    facts = {"day": day.isoformat(), "weekday": f"星期{WEEKDAYS[day.weekday()]}"}
    if working and usual:
        _blame(found, line, _("%(day)s is a %(weekday)s: it is worked anyway."), **facts)
    elif other:
        _blame(found, line, _("%(day)s is named as a day off and as a workday."), **facts)
    elif working != usual:
        found.days[day] = (working, "调休上班" if working else name or "节假日")


def _blame(found: Arrangement, line: int, sentence: str, /, **facts: object) -> None:
    found.faults.append(Fault(line, sentence % facts))
