"""Inside the sandbox: runs every check on every page."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import cv2
import pikepdf
import pypdfium2 as pdfium

from scancheck import duplicates
from scancheck.checks import blank, clarity, cropped, numbers, orientation, skew, tops
from scancheck.mapping import mapped, shown
from scancheck.numerals import Candidate
from scancheck.profile import Profile
from scancheck.raster import Raster, TooLarge, is_plain, load, undecodable
from scancheck.report import PAGE_REPORT, Box, Finding, PageReport, finding, worst
from scancheck.safety import carried
from scancheck.seals.bounds import Bounds
from scancheck.seals.finding import check as check_seals
from scancheck.signatures import listed
from scancheck.text import TextLine, layer
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
class Trace:
    """What the document's own checks need to know of a page."""

    numbers: list[Candidate] = field(default_factory=list)
    top: list[tuple[str, float, float]] = field(default_factory=list)
    memory: duplicates.Print | None = None

    def as_json(self) -> dict[str, Any]:
        """For the way out of the sandbox; pictures stay inside."""
        return {"numbers": [each.as_json() for each in self.numbers], "top": self.top}


def about(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the file carries, and its signatures."""
    with pikepdf.open(f"/dev/fd/{fd}") as pdf:
        signed = "/AcroForm" in pdf.Root
        yield {"encrypted": pdf.is_encrypted} | carried(pdf, int(request["max_objects"]))
    with open(f"/dev/fd/{fd}", "rb") as stream:
        yield {"signatures": [asdict(each) for each in listed(stream)] if signed else []}


def pages(fd: int, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Check the pages from `first` (counted from 0) on; last, say which are duplicates."""
    settings = request["settings"]
    bounds = tuple(Bounds(**each) for each in settings.pop("bounds"))
    profile, watch = Profile(**settings, bounds=bounds), Watch()
    book = Book(fd, profile, request["name"], watch)
    prints: dict[int, duplicates.Print] = {}
    for index in range(request["first"], request["last"]):
        report, trace = book.page(index)
        if trace.memory:
            prints[index + 1] = trace.memory
        yield {"page": PAGE_REPORT.dump_python(report, mode="json"), "trace": trace.as_json()}
    with watch.timing("duplicates"):
        repeats = duplicates.pairs(prints, profile)
    yield {"duplicates": {str(page): other for page, other in repeats.items()}, "timings": watch.spent}


JOBS = {"about": about, "pages": pages}


class Book:
    """The open file: pages by PDFium, and by qpdf what their images are."""

    def __init__(self, fd: int, profile: Profile, name: str | None, watch: Watch) -> None:
        self._document = shown(mapped(fd))
        self._plain = _plain_pages(fd)
        self._profile, self._name, self._watch = profile, name, watch
        self._tops, self._habit = 0, numbers.Habit()

    def __len__(self) -> int:
        return len(self._document)

    def page(self, index: int) -> tuple[PageReport, Trace]:
        """Check one page."""
        number = index + 1
        try:
            with self._watch.timing("open"):
                page = self._document[index]
            with self._watch.timing("picture"):
                raster = load(page, self._plain(index), self._profile)
        except (pdfium.PdfiumError, TooLarge, cv2.error, ValueError):
            return _unreadable(number), Trace()
        high, wide = (round(side / raster.scale, 1) for side in raster.bgr.shape[:2])
        dpi = round(raster.native_dpi) if raster.native_dpi else None
        start = PageReport(number, wide, high, dpi, raster.source)  # type: ignore[arg-type]  # load's literals
        report, trace = self._checked(start, raster, page)
        return replace(report, verdict=worst(report.findings)), trace

    def _checked(self, report: PageReport, raster: Raster, page: Any) -> tuple[PageReport, Trace]:
        profile, number, timing = self._profile, report.number, self._watch.timing
        with timing("shrink"):
            raster.ink  # noqa: B018 (made here so that its cost is named)
        with timing("blank"):
            empty = blank.check(raster, number, profile)
        if empty.value and undecodable(page):
            return _unreadable(report.number), Trace()
        if empty.value:
            return replace(report, blank=True, seals=(), cropped=(), findings=empty.findings), Trace()
        with timing("orientation"):
            turn = orientation.check(raster, number, profile)
        upright = raster.turned(-(turn.value or 0) % 360)
        report = replace(report, blank=False, orientation=turn.value)
        return self._upright(report, upright, page, turn.findings)

    def _upright(
        self, report: PageReport, raster: Raster, page: Any, findings: tuple[Finding, ...]
    ) -> tuple[PageReport, Trace]:
        """The checks that need text to stand upright."""
        profile, number, timing = self._profile, report.number, self._watch.timing
        with timing("skew"):
            lean = skew.check(raster, number, profile)
        with timing("clarity"):
            clear = clarity.check(raster, number, profile)
        with timing("cropped"):
            cut = cropped.check(raster, number, profile)
        with timing("seals"):
            seals = check_seals(raster, number, self._name, profile)
        with timing("memory"):
            memory = duplicates.remember(raster, lean.value or 0.0, _text(page, raster))
        turn = report.orientation or 0
        stamped = tuple(replace(seal, box=_unturned(seal.box, turn, raster)) for seal in seals.value)
        more = lean.findings + clear.findings + cut.findings + seals.findings
        moved = tuple(
            replace(each, box=_unturned(each.box, turn, raster)) if each.box else each for each in more
        )
        values = {"skew_deg": lean.value, "clarity": clear.value, "cropped": cut.value, "seals": stamped}
        done = replace(report, findings=findings + moved, **values)  # type: ignore[arg-type]  # the fields' values
        return done, self._traced(raster, page, number, lean.value or 0.0, memory)

    def _traced(self, raster: Raster, page: Any, number: int, lean: float, memory: duplicates.Print) -> Trace:
        """Page number and first lines, from the text layer or by recognition."""
        with self._watch.timing("text layer"):
            lines = layer(page)
        trace = Trace(memory=memory)
        with self._watch.timing("page number"):
            trace.numbers = numbers.from_text([(line.text, line.across, line.down) for line in lines])
            if not trace.numbers and self._profile.recognise:
                trace.numbers = numbers.candidates(raster, lean, self._profile, self._habit)
                self._habit.learn(number, trace.numbers)
        if self._tops < self._profile.title_pages:
            self._tops += 1
            with self._watch.timing("title"):
                trace.top = self._top(raster, lines, lean)
        return trace

    def _top(self, raster: Raster, lines: list[TextLine], lean: float) -> list[tuple[str, float, float]]:
        if lines:
            return [(line.text, round(line.high_mm, 1), 1.0) for line in lines[:60]]
        return tops.read_top(raster, lean, self._profile) if self._profile.recognise else []


def _text(page: Any, raster: Raster) -> str | None:
    """What a page that is no scan says; a scan's text layer is only what someone's recognition read."""
    if raster.source != "text":
        return None
    return str(page.get_textpage().get_text_range()) or None


def _unreadable(number: int) -> PageReport:
    """A page whose picture can't be had."""
    bad = finding("open", "fail", "page_unreadable", page=number)
    return PageReport(number, verdict="fail", findings=(bad,))


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


def _unturned(box: Box, turn: int, raster: Raster) -> Box:
    """A box on the upright page, as it lies on the page as shown."""
    wide, high = raster.bgr.shape[1] / raster.scale, raster.bgr.shape[0] / raster.scale
    x0, y0, x1, y1 = box
    if turn == 90:
        x0, y0, x1, y1 = high - y1, x0, high - y0, x1
    elif turn == 180:
        x0, y0, x1, y1 = wide - x1, high - y1, wide - x0, high - y0
    elif turn == 270:
        x0, y0, x1, y1 = y0, wide - x1, y1, wide - x0
    return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)
