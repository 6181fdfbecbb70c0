"""Inside the sandbox: runs every check on every page."""

import base64
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import cv2
import pikepdf
import pypdfium2 as pdfium

from scancheck.check import Check, Page
from scancheck.expectation import Expectation
from scancheck.loading import TooLarge, is_plain, load, undecodable
from scancheck.mapping import mapped, shown
from scancheck.profile import Profile
from scancheck.registry import on_pages, registered, unpacked
from scancheck.report import PAGE_REPORT, PageReport, finding, worst
from scancheck.safety import carried
from scancheck.signatures import listed
from scancheck.verdict import Verdict
from scancheck.warming import warm

warm()


@dataclass
class Watch:
    """Adds up what each check costs, in processor time: others may share the machine."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timing(self, name: str) -> Iterator[None]:
        """Time what happens inside."""
        start = time.process_time()
        yield
        self.spent[name] = self.spent.get(name, 0.0) + (time.process_time() - start) * 1000


@dataclass
class Left:
    """What the checks leave of a page: notes for their look at the whole file, memories to compare."""

    notes: dict[str, Any] = field(default_factory=dict)
    memories: dict[str, bytes] = field(default_factory=dict)

    def keep(self, check: Check, found: Verdict[Any]) -> None:
        """Keep what one check leaves."""
        if found.note is not None:
            self.notes[check.name] = found.note
        if found.memory:
            self.memories[check.name] = found.memory


def about(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the file carries, and its signatures."""
    with pikepdf.open(f"/dev/fd/{fd}") as pdf:
        signed = "/AcroForm" in pdf.Root
        yield {"encrypted": pdf.is_encrypted} | carried(pdf, int(request["max_objects"]))
    with open(f"/dev/fd/{fd}", "rb") as stream:
        yield {"signatures": [asdict(each) for each in listed(stream)] if signed else []}


def pages(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Check the pages from `first` (counted from 0) on that are before `last`."""
    watch = Watch()
    book = Book(fd, unpacked(request["settings"]), Expectation(**request["expect"]), watch)
    for index in range(request["first"], request["last"]):
        report, left = book.page(index)
        memories = {name: base64.b64encode(each).decode() for name, each in left.memories.items()}
        page = PAGE_REPORT.dump_python(report, mode="json")
        yield {"page": page, "notes": left.notes, "memories": memories}
    yield {"timings": watch.spent}


def compare(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Have each check compare what it remembers of all pages: a line of JSON a page in the file `fd`."""
    profile, watch = unpacked(request["settings"]), Watch()
    memories: defaultdict[str, dict[int, bytes]] = defaultdict(dict)
    with open(f"/dev/fd/{fd}", "rb") as kept:
        for number, left in map(json.loads, kept):
            for name, memory in left.items():
                memories[name][number] = base64.b64decode(memory)
    for check in registered(profile.plugins):
        if check.compare and memories[check.name]:
            with watch.timing(check.name):
                for page, said in check.compare(memories[check.name], profile):
                    yield {"compared": (check.name, page, said)}
    yield {"timings": watch.spent}


JOBS = {"about": about, "pages": pages, "compare": compare}


class Book:
    """The open file: pages by PDFium, and by qpdf what their images are."""

    def __init__(self, fd: int, profile: Profile, expect: Expectation, watch: Watch) -> None:
        self._document = shown(mapped(fd))
        self._plain = _plain_pages(fd)
        self._profile, self._expect, self._watch = profile, expect, watch
        self._kept: dict[str, Any] = {}

    def page(self, index: int) -> tuple[PageReport, Left]:
        """Check one page."""
        number = index + 1
        try:
            with self._watch.timing("open"):
                source = self._document[index]
            with self._watch.timing("picture"):
                raster = load(source, self._plain(index), self._profile)
        except (pdfium.PdfiumError, TooLarge, cv2.error, ValueError):
            return _unreadable(PageReport(number)), Left()
        high, wide = (round(side / raster.scale, 1) for side in raster.bgr.shape[:2])
        dpi = round(raster.native_dpi) if raster.native_dpi else None
        start = PageReport(number, wide, high, dpi, raster.source)  # type: ignore[arg-type]  # load's literals
        with self._watch.timing("shrink"):
            raster.ink  # noqa: B018 (made here so that its cost is named)
        return self._checked(
            start, Page(number, raster, self._profile, self._expect, source, kept=self._kept)
        )

    def _checked(self, report: PageReport, page: Page) -> tuple[PageReport, Left]:
        left, ended = Left(), False
        for check, look in on_pages(self._profile.plugins):
            if ended:
                report = _valued(report, check, check.nothing)
                continue
            with self._watch.timing(check.name):
                found = look(page)
            report, ended = _with(report, check, found, page), found.ends
            left.keep(check, found)
        if report.blank and undecodable(page.source):
            return _unreadable(report), Left()
        return replace(report, verdict=worst(report.findings)), left


def _with(report: PageReport, check: Check, found: Verdict[Any], page: Page) -> PageReport:
    """The report with what one check found, its boxes as the page lies."""
    moved = (replace(each, box=each.box and page.as_shown(each.box)) for each in found.findings)
    report = _valued(replace(report, findings=(*report.findings, *moved)), check, found.value)
    page.values[check.name] = found.value
    return report


def _valued(report: PageReport, check: Check, value: Any) -> PageReport:
    """The report with a check's value: in its own field, or with others that have none."""
    if check.field:
        return replace(report, **{check.field: value})
    return replace(report, measured=report.measured | {check.name: value}) if check.value else report


def _unreadable(report: PageReport) -> PageReport:
    """A page whose picture can't be had."""
    bad = finding("open", "fail", "page_unreadable", page=report.number)
    return PageReport(report.number, verdict="fail", findings=(bad,))


def _plain_pages(fd: int) -> Any:
    """A test, by index, whether a page's images are plain JPEGs; False where qpdf can't tell."""
    try:
        pdf = pikepdf.open(f"/dev/fd/{fd}")
    except pikepdf.PdfError:
        return lambda index: False

    def plain(index: int) -> bool:
        try:
            return is_plain(pdf.pages[index])
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            return False

    return plain
