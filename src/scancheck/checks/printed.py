"""The code at the top right of each page of a printed form: which form it is, and which of its pages."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2

from scancheck.check import Check, Document, Page, Whole
from scancheck.raster import Pixels
from scancheck.report import Finding, PageReport, finding
from scancheck.verdict import Verdict

CODE = re.compile(r"(?P<form>[0-9A-Z.-]{3,40}):(?P<page>\d{1,3})/(?P<pages>\d{1,3})")
FINDERS = 2  # of three, as one may be damaged
LARGER = (2.0, 3.0)  # a code's points are 0.6 mm, 3 to 4 pixels at 150 dpi: too few as they are


@dataclass(frozen=True)
class Bounds:
    """Where the code stands, and how large the squares in its corners are, in mm.

    The code is 18.6 mm wide and 12 to 14 mm from the edges (papers/codes.typ); its finders 7 of 29 points.
    """

    corner_mm: float = 48.0
    least_mm: float = 3.0
    most_mm: float = 7.5


def run(page: Page) -> Verdict[str | None]:
    """The code of one page, e.g. “ZT30-1-AB12CD34:2/5”; None where none is printed or it can't be read."""
    raster, bounds = page.raster, page.profile.of(Bounds)
    side = round(bounds.corner_mm * raster.scale)
    corner = raster.grey[:side, -side:]
    return Verdict(read(corner) if _has_finders(corner, raster.scale, bounds) else None)


def _has_finders(corner: Pixels, scale: float, bounds: Bounds) -> bool:
    """Whether squares stand there that have a square inside: looked at before the dear reading of a code."""
    if corner.size == 0:
        return False
    dark = cv2.threshold(corner, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    outlines, within = cv2.findContours(dark, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    found = 0
    for at, outline in enumerate(outlines):
        hole = within[0][at][2]
        if hole >= 0 and within[0][hole][2] >= 0:
            wide, high = (length / scale for length in cv2.boundingRect(outline)[2:])
            found += bounds.least_mm <= min(wide, high) and max(wide, high) <= bounds.most_mm
    return found >= FINDERS


def read(corner: Pixels) -> str | None:
    """What is read of it, at one size after the other."""
    detector = cv2.QRCodeDetector()
    for factor in LARGER:
        large = cv2.resize(corner, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        text: str = detector.detectAndDecode(large)[0]
        if CODE.fullmatch(text):
            return text
    return None


@dataclass(frozen=True)
class Printed:
    """A page's code, read."""

    at: int  # position in the file, from 1
    form: str
    page: int
    pages: int


def printed(pages: list[PageReport]) -> list[Printed]:
    """The codes of a file's pages."""
    found = ((page.number, CODE.fullmatch(page.measured.get("printed") or "")) for page in pages)
    return [Printed(at, one["form"], int(one["page"]), int(one["pages"])) for at, one in found if one]


def whole(document: Document) -> Whole:
    """Pages of two forms in one file, pages out of order, and pages that are not there."""
    codes = printed(document.pages)
    if not codes:
        return Whole()
    main = Counter(code.form for code in codes).most_common(1)[0][0]
    mixed = [finding("printed", "fail", "printed_mixed", page=one.at) for one in codes if one.form != main]
    own = [code for code in codes if code.form == main]
    return Whole((*_missing(own, len(document.pages)),), (*mixed, *_order(own)))


def _missing(codes: list[Printed], pages: int) -> Iterator[Finding]:
    """Only where the file has too few pages: a code that can't be read is no missing page."""
    wanted = codes[0].pages
    left = sorted(set(range(1, wanted + 1)) - {code.page for code in codes})
    if left and pages < wanted:
        yield finding("printed", "fail", "printed_missing", pages=", ".join(map(str, left)), whole=wanted)


def _order(codes: list[Printed]) -> Iterator[Finding]:
    for before, after in pairwise(codes):
        if after.page < before.page:
            yield finding(
                "printed",
                "fail",
                "printed_order",
                page=after.at,
                before=before.page,
                after=after.page,
            )


WORDS = {
    "printed_mixed": (
        "第 {page} 页印的是另一份申报表的编码，请核对是否混入。",
        "Page {page} carries the code of another form. Please check whether it belongs here.",
    ),
    "printed_missing": (
        "申报表共 {whole} 页，缺第 {pages} 页，请补齐后重新扫描。",
        "The form has {whole} pages; page {pages} is not there. Please scan it whole.",
    ),
    "printed_order": (
        "第 {page} 页应为申报表第 {after} 页，却排在第 {before} 页之后，请按顺序扫描。",
        "Page {page} is page {after} of the form and comes after page {before}. Please scan in order.",
    ),
    "printed_other": (
        "第 {page} 页不是本次申报的申报表，请上传本次申报下载打印的申报表。",
        "Page {page} is not of this application's form. Please upload the form printed for this one.",
    ),
    "printed_changed": (
        "申报表打印之后，系统中填报的内容又有改动，请重新下载、签字盖章后扫描上传。",
        "What was filled in has changed since the form was printed. Please print, seal and scan it anew.",
    ),
}
CHECK = Check(
    name="printed",
    about=("申报表页面编码", "codes printed on the form's pages"),
    words=WORDS,
    bounds=Bounds,
    value=str | None,
    page=run,
    document=whole,
    by_eye=False,
)
