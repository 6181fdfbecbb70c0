"""Printed page numbers: reads the few short lines at a page's head and foot."""

from dataclasses import dataclass, field

from scancheck import models
from scancheck.check import Check, Document, Page, Whole
from scancheck.lines import Line, find, straightened, unstamped
from scancheck.numerals import Candidate, Printed, parse
from scancheck.pagination import Pagination, paginate
from scancheck.profile import Profile
from scancheck.raster import Pixels, Raster
from scancheck.report import Finding, PrintedNumber, finding
from scancheck.verdict import Verdict

# Where page numbers stand: GB/T 9704 sets them 7 mm below the text area; printers' footers vary.
PLACES = {"foot": (0.885, 0.992), "head": (0.012, 0.085)}
# The longest usual form, "第 10 页 共 100 页", is some 14 times as long as it is high.
LONGEST = 16
# How near two places are the same one, as shares of the page's width and height, and how many
# pages back a number is looked for that is in step with a page's.
BESIDE, ABOVE, BACK = 0.05, 0.015, 8
SAME_ROW = 0.008


@dataclass(frozen=True)
class Bounds:
    """How surely a number must be read, and how many make a series."""

    # Page numbers: lines read at each end of a page (each costs about 10 ms), and how sure the
    # reading must be; the vote over the document throws out what remains wrong.
    most_lines: int = 4
    least_confidence: float = 0.5
    # A bare number is a page number when another page is in step with it; three make a series.
    least_votes: int = 3


@dataclass
class Habit:
    """Where the numbers of the pages before stood: the next page's is looked for there first."""

    seen: list[tuple[int, Candidate]] = field(default_factory=list)
    spots: list[Candidate] = field(default_factory=list)

    def learn(self, page: int, found: list[Candidate]) -> None:
        """Keep a page's candidates; those in step with an earlier page's show where numbers stand."""
        for new in found:
            for before, old in self.seen:
                if _in_step(new, old, page - before):
                    self.spots += [each for each in (old, new) if not self.knows(each)]
        recent = [(before, old) for before, old in self.seen if page - before < BACK]
        self.seen = recent + [(page, new) for new in found]

    def knows(self, place: Candidate) -> bool:
        """Whether numbers stood there before."""
        return any(_beside(spot, place.place, place.across, place.down) for spot in self.spots)


@dataclass(frozen=True)
class Strip:
    """The straightened head or foot of a page; `top` is where it begins, both in pixels."""

    picture: Pixels
    place: str
    top: int
    page_high: int

    def middle(self, line: Line) -> tuple[float, float]:
        """A line's middle, as shares of the page's width and height."""
        across = (line.x + line.wide / 2) / self.picture.shape[1]
        return across, (self.top + line.y + line.high / 2) / self.page_high


def candidates(raster: Raster, skew: float, profile: Profile, habit: Habit | None = None) -> list[Candidate]:
    """What may be page numbers, the usual place's first; stops at the first place that has a sure one."""
    bounds = profile.of(Bounds)
    spots = habit.spots if habit else []
    usual = {spot.place for spot in spots}
    found: list[Candidate] = []
    for place in sorted(PLACES, key=lambda place: place not in usual):
        found += _at(_strip(raster.bgr, place, skew), raster.scale, spots, bounds)
        if any(each.printed.form != "bare" or each.confidence > 0.9 for each in found):
            break
    return found


def from_text(lines: list[tuple[str, float, float]]) -> list[Candidate]:
    """The same from a text layer: text, middle across 0..1, middle down 0..1."""
    found = []
    for text, across, down in lines:
        foot, head = down > PLACES["foot"][0], down < PLACES["head"][1]
        printed = parse(text) if (foot or head) and _apart(lines, down) else None
        if printed:
            place = "foot" if foot else "head"
            found.append(Candidate(printed, place, round(across, 3), 1.0, round(down, 3)))
    return found


def _apart(lines: list[tuple[str, float, float]], down: float) -> bool:
    """Whether a line stands apart as a page number does: at most a header's ends beside it, at most
    one row further out. A table's cells stand in rows of many."""
    beside = sum(abs(other - down) < SAME_ROW for _, _, other in lines)
    outer = {round(other / SAME_ROW) for _, _, other in lines if abs(other - 0.5) > abs(down - 0.5) + SAME_ROW
             and (other > 0.5) == (down > 0.5)}  # fmt: skip
    return beside <= 3 and len(outer) <= 1


def _at(strip: Strip, scale: float, spots: list[Candidate], bounds: Bounds) -> list[Candidate]:
    """The numbers of one strip; one that stands where the others do, or says that it is one, is enough."""
    found: list[Candidate] = []
    for line in _lines(strip, scale, spots)[: bounds.most_lines]:
        text, sure = models.read(line.cut(strip.picture))
        printed = parse(text)
        if not printed or sure < _least(printed, bounds):
            continue
        across, down = strip.middle(line)
        found.append(Candidate(printed, strip.place, round(across, 3), round(sure, 3), round(down, 3)))
        if printed.form != "bare" or any(_beside(spot, strip.place, across, down) for spot in spots):
            break
    return found


def _least(printed: Printed, bounds: Bounds) -> float:
    """How sure a reading must be: words or dashes round a number say that it is one."""
    return bounds.least_confidence - (0.1 if printed.form != "bare" else 0)


def _lines(strip: Strip, scale: float, spots: list[Candidate]) -> list[Line]:
    """Short lines, those at known places first, then from the page's edge inwards."""
    lines = find(strip.picture, scale, lowest_mm=1.3, highest_mm=7.5, gap_mm=5.5)
    outward = -1 if strip.place == "foot" else 1

    def order(line: Line) -> tuple[bool, int]:
        known = any(_beside(spot, strip.place, *strip.middle(line)) for spot in spots)
        return not known, outward * line.y

    return sorted((line for line in lines if _short(line, strip)), key=order)


def _short(line: Line, strip: Strip) -> bool:
    """Numbers are short, don't touch the sheet's sides, and aren't the body's cut last line."""
    high, wide = strip.picture.shape
    inside = line.x > 0.03 * wide and line.x + line.wide < 0.985 * wide
    whole = line.y > 0 if strip.place == "foot" else line.y + line.high < high
    return inside and whole and line.wide < min(0.4 * wide, LONGEST * line.high)


def _strip(bgr: Pixels, place: str, skew: float) -> Strip:
    """A strip across the page, straightened; it reaches further where the page leans."""
    high, wide = bgr.shape[:2]
    top, bottom = PLACES[place]
    reach = int(abs(skew) / 57.3 * wide * 0.5)
    first, last = max(0, int(high * top) - reach), min(high, int(high * bottom) + reach)
    return Strip(straightened(unstamped(bgr[first:last]), skew), place, first, high)


def _in_step(a: Candidate, b: Candidate, pages: int) -> bool:
    """Whether two pages' numbers are of one series: they differ as the pages do."""
    alike = a.place == b.place and a.printed.form == b.printed.form and abs(a.down - b.down) < ABOVE
    return alike and a.printed.number - b.printed.number == pages


def _beside(spot: Candidate, place: str, across: float, down: float) -> bool:
    return spot.place == place and abs(spot.across - across) < BESIDE and abs(spot.down - down) < ABOVE


def run(page: Page) -> Verdict[None]:
    """Leave what may be the page's number: from its text layer, else by recognition."""
    found = from_text([(line.text, line.across, line.down) for line in page.text])
    if not found and page.profile.recognise:
        habit = page.kept.setdefault("habit of numbers", Habit())
        found = candidates(page.raster, page.lean, page.profile, habit)
        habit.learn(page.number, found)
    return Verdict(None, note=[each.as_json() for each in found])


def whole(document: Document) -> Whole:
    """Which numbers are believed, and what they say of the pages' order."""
    left = dict(document.notes_of("pagination"))
    read = [[Candidate.from_json(each) for each in left.get(page.number, ())] for page in document.pages]
    blank = {page.number for page in document.pages if page.blank}
    order = paginate(read, document.profile.of(Bounds).least_votes, blank)
    believed = {
        number: {"printed_number": PrintedNumber(printed.number, printed.total)}
        for number, printed in enumerate(order.numbers, 1)
        if printed
    }
    return Whole(_disorder(order), fields=_told(order), page_fields=believed)


def _told(order: Pagination) -> dict[str, tuple[int, ...]]:
    """What the report says of the order; nothing where the file has no page numbers."""
    if not order.voted:
        return {}
    return {
        "missing_pages": order.missing,
        "repeated_pages": order.repeated,
        "out_of_order": order.out_of_order,
    }


def _disorder(order: Pagination) -> tuple[Finding, ...]:
    listed = {
        "pages_missing": order.missing,
        "pages_repeated": order.repeated,
        "pages_out_of_order": order.out_of_order,
    }
    found = [
        finding(
            "pagination",
            "fail" if code == "pages_missing" else "warn",
            code,
            numbers="、".join(map(str, numbers[:30])),
        )
        for code, numbers in listed.items()
        if numbers
    ]
    found += [
        finding("pagination", "fail", "pages_missing_between", first=first, last=last, count=count)
        for first, last, count in order.some_missing
    ]
    return tuple(found)


WORDS = {
    "pages_missing": (
        "按印刷页码，缺第 {numbers} 页。",
        "By the printed numbers, page {numbers} is missing.",
    ),
    "pages_missing_between": (
        "按印刷页码，第 {first} 至 {last} 页中缺 {count} 页（其间有页码未能识别），请核对。",
        "Of the printed pages {first} to {last}, {count} missing; a number there can't be read. Check it.",
    ),
    "pages_repeated": (
        "按印刷页码，第 {numbers} 页重复。",
        "By the printed numbers, page {numbers} is repeated.",
    ),
    "pages_out_of_order": (
        "页序有误：文件第 {numbers} 页的位置不对。",
        "Pages are out of order at position {numbers}.",
    ),
}
CHECK = Check(
    name="pagination",
    about=("页码和页序", "page numbers and the order of pages"),
    words=WORDS,
    bounds=Bounds,
    page=run,
    after=("skew",),
    document=whole,
)
