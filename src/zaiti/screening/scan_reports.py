"""The pre-check of scans: done once for each file by a job, shown as sentences with their places."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from scancheck import DocumentReport, Expectation, Finding, Report, inspect, title_finding
from scancheck.checks.printed import printed
from scancheck.report import finding
from scancheck.seals.bounds import Bounds
from zaiti import clock
from zaiti.applications.models import Application, MaterialVersion
from zaiti.clock.jobs import SCANS, job
from zaiti.files.models import StoredFile
from zaiti.screening.models import Check, ScanReport

Verdict = ScanReport.Verdict
TOLD_EVERY = 1.0  # seconds between two words about how far a long file is
OVERDUE = timedelta(minutes=5)
A4 = 210.0, 297.0  # mm
EDGE = 2.0  # mm, of a mark around the whole page
# Of the engine's verdicts the one that is proposed as a fault; the others ask a person to look.
GRAVE = Verdict.FAIL
SURE, MAYBE = Bounds.same, Bounds.maybe


@dataclass(frozen=True)
class Found:
    """One finding as a page shows it: numbered as its box is, with the applicant's word."""

    number: int
    key: str
    check: str
    status: str
    message: str
    page: int | None
    box: tuple[float, float, float, float] | None
    explanation: str

    def rect(self, width: float, height: float) -> tuple[float, float, float, float]:
        """Where to draw it on a page of this size: left, top, width, height; the whole page without a box."""
        left, top, right, bottom = self.box or (EDGE, EDGE, width - EDGE, height - EDGE)
        return round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)


@dataclass(frozen=True)
class Seal:
    """An impression that was seen, and what it reads."""

    page: int
    text: str
    same: bool
    near: bool
    rect: tuple[float, ...]


@dataclass(frozen=True)
class Sheet:
    """One page of the file: its verdict, its size in mm and what is drawn on it."""

    number: int
    verdict: str
    width: float
    height: float
    findings: list[Found]
    seals: list[Seal]

    @property
    def marks(self) -> list[tuple[Found, tuple[float, ...]]]:
        """Each finding with its place."""
        return [(found, found.rect(self.width, self.height)) for found in self.findings]


@dataclass(frozen=True)
class Seen:
    """A reading beside the file that lies in a slot."""

    reading: ScanReport
    findings: list[Found]

    @property
    def waiting(self) -> bool:
        """Whether the job has yet to end."""
        return self.reading.read_at is None

    @property
    def late(self) -> bool:
        """Whether it waits longer than anybody should stay for."""
        return self.waiting and clock.now() - self.reading.asked_at > OVERDUE

    @property
    def verdict(self) -> str:
        """The gravest of all; empty while it waits."""
        stated = {found.status for found in self.findings}
        return "" if self.waiting else next((each for each in Verdict if each in stated), Verdict.PASS)

    @property
    def proposal(self) -> str:
        """The mark that the pre-check proposes; empty when a person must look."""
        proposed = {str(Verdict.PASS): Check.Mark.IN_ORDER, str(GRAVE): Check.Mark.NOT_IN_FORM}
        return str(proposed.get(self.verdict, ""))

    @property
    def reason(self) -> str:
        """The fault that it proposes, as the notice would say it."""
        grave = [found.message for found in self.findings if found.status == GRAVE]
        return "".join(grave)[: Check._meta.get_field("reason").max_length]

    @property
    def sheets(self) -> list[Sheet]:
        """The pages with what was found on each."""
        said = self.reading.summary
        known = zip(said.get("verdicts", []), said.get("sizes", []), strict=True)
        return [
            Sheet(
                number,
                verdict,
                wide or A4[0],
                high or A4[1],
                [found for found in self.findings if found.page == number],
                [seal for seal in self.seals if seal.page == number],
            )
            for number, (verdict, (wide, high)) in enumerate(known, 1)
        ]

    @property
    def seals(self) -> list[Seal]:
        """The impressions that were seen."""
        return [_seal(facts) for facts in self.reading.summary.get("seals", [])]

    def says(self, kind: str) -> str:
        """The gravest verdict of one kind of check."""
        stated = {found.status for found in self.findings if found.check == kind}
        return next((s for s in ("fail", "unsure", "warn") if s in stated), "pass")


def _about(reading: int) -> str:
    row = ScanReport.objects.select_related("file").get(pk=reading)
    return f"{row.name} · {row.file.name}"


# A queue and worker of its own: a scan may take a while.
@job("screening.read_scan", _("Pre-check of a scan"), queue=SCANS, about=_about)
def read_scan(reading: int) -> None:
    """Have the engine read a file, once."""
    row = ScanReport.objects.select_related("file").get(pk=reading)
    if row.read_at is None:
        read(row)


def read(reading: ScanReport) -> None:
    """Read the file, telling how far it is, and keep the report."""
    report = inspect(
        _source(reading.file),
        expect=Expectation(name=reading.name, sealed="somewhere"),
        progress=_telling(reading.pk),
        jobs=len(os.sched_getaffinity(0)),  # someone waits: all processors read
    )
    reading.report = asdict(report)
    reading.summary = summary(report)
    reading.read_at = clock.now()
    reading.save(update_fields=["report", "summary", "read_at"])


def summary(report: Report) -> dict[str, Any]:
    """What pages show of a report, without what only tuning needs."""
    return {
        "verdict": report.verdict,
        "verdicts": [page.verdict for page in report.pages],
        "sizes": [[page.width_mm, page.height_mm] for page in report.pages],
        "findings": [asdict(finding) for finding in report.findings],
        "seals": [
            {"page": page.number, "box": seal.box, "text": seal.text, "matches": seal.matches_name}
            for page in report.pages
            for seal in page.seals or ()
        ],
        "looks_like": report.document.looks_like,
        "title": report.document.title,
        "uscc": [code.code for code in report.document.uscc if code.valid],
        "printed": [[one.at, one.form] for one in printed(list(report.pages))],
    }


def scan_reports(files: Iterable[StoredFile], name: str) -> dict[str, ScanReport]:
    """Give the reports on files by their hash: the latest that is done, else the one that waits."""
    hashes = {file.sha256 for file in files}
    rows = ScanReport.objects.filter(sha256__in=hashes, name=name).defer("report").order_by("read_at")
    found: dict[str, ScanReport] = {}
    for row in rows:  # those not read come last
        if row.read_at or row.sha256 not in found:
            found[row.sha256] = row
    return found


def seen(version: MaterialVersion, material: str, rows: dict[str, ScanReport]) -> Seen | None:
    """Put a file's reading beside the name of its slot and the applicant's words."""
    reading = rows.get(version.file.sha256)
    if reading is None:
        return None
    findings = [_known(facts) for facts in reading.summary.get("findings", [])]
    findings += _of_another_form(reading, version.material.application)
    other = title_finding(DocumentReport(looks_like=reading.summary.get("looks_like")), material)
    told = [
        _told(number, finding, version.explanations)
        for number, finding in enumerate([*findings, *([other] if other else [])], 1)
    ]
    return Seen(reading, told)


def _of_another_form(reading: ScanReport, application: Application) -> list[Finding]:
    """What the codes on the pages say: another application's form, or answers that have changed since."""
    codes = reading.summary.get("printed") or []
    if not codes:
        return []
    own, now = application.answers.code.partition("-")[0], application.answers.code
    for page, code in codes:
        if code.partition("-")[0] != own:
            return [finding("printed", "fail", "printed_other", page=page)]
        if code != now:
            return [finding("printed", "fail", "printed_changed", page=page)]
    return []


def seen_alone(reading: ScanReport) -> Seen:
    """Give a reading of a file that belongs to no slot."""
    findings = [_known(facts) for facts in reading.summary.get("findings", [])]
    return Seen(reading, [_told(number, finding, {}) for number, finding in enumerate(findings, 1)])


def _known(facts: dict[str, Any]) -> Finding:
    box = facts["box"]
    return Finding(**{**facts, "box": tuple(box) if box else None})


def _told(number: int, finding: Finding, explanations: dict[str, str]) -> Found:
    key = f"{finding.code}:{finding.page or 0}"
    message = finding.say("en" if (get_language() or "zh").startswith("en") else "zh")
    said = explanations.get(key, "")
    return Found(number, key, finding.check, finding.status, message, finding.page, finding.box, said)


def _seal(facts: dict[str, Any]) -> Seal:
    left, top, right, bottom = facts["box"]
    matches = facts["matches"] or 0
    same, near = matches >= SURE, MAYBE <= matches < SURE
    return Seal(facts["page"], facts["text"] or "", same, near, (left, top, right - left, bottom - top))


def _source(file: StoredFile) -> str | bytes:
    """The file's place on this machine, or its bytes where they lie elsewhere."""
    try:
        return file.content.path
    except NotImplementedError:  # what Django's storages raise when a file lies on no disk of ours
        with file.content.open("rb") as content:
            whole: bytes = content.read()
            return whole


def _telling(pk: int) -> Callable[[int, int], None]:
    last = 0.0

    def tell(done: int, pages: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TOLD_EVERY:
            last = time.monotonic()
            ScanReport.objects.filter(pk=pk).update(done=done, pages=pages)

    return tell
