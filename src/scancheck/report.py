"""What the engine says: frozen dataclasses that go to and from JSON.  Lengths are millimetres."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import TypeAdapter

from scancheck.words import known, say

SCHEMA_VERSION = 1
# Changes whenever the same file could get another report; reports are kept under it.
ENGINE_VERSION = "1.15"

Status = Literal["pass", "warn", "fail", "unsure"]
Box = tuple[float, float, float, float]
Side = Literal["top", "bottom", "left", "right"]
Facts = dict[str, str | int | float]
# From best to worst: what cannot be told weighs more than a flaw that can be seen.
SEVERITY: dict[Status, int] = {"pass": 0, "warn": 1, "unsure": 2, "fail": 3}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or doubtful; `box` is where, from the page's upper left, in mm."""

    check: str
    status: Status
    code: str
    message: str
    box: Box | None = None
    page: int | None = None
    facts: Facts = field(default_factory=dict)

    def say(self, lang: str = "zh") -> str:
        """The finding as a sentence in Chinese or English; as it was said where its check isn't there."""
        return self.message if not known(self.code) else say(self.code, lang, page=self.page, **self.facts)


@dataclass(frozen=True)
class Seal:
    """A seal's impression. That one is there does not show that it is genuine."""

    box: Box
    shape: Literal["round", "oval", "square", "partial"]
    colour: Literal["red", "blue", "black", "grey"]
    confidence: float
    text: str | None = None
    text_confidence: float | None = None
    matches_name: float | None = None


@dataclass(frozen=True)
class PrintedNumber:
    """A page number as printed, and the total where one is printed beside it."""

    number: int
    total: int | None = None


@dataclass(frozen=True)
class PageReport:
    """One page. `orientation` is how many degrees clockwise its content is turned from upright;
    `skew_deg` how many degrees counter-clockwise the content leans; `clarity` 0..1 how likely its
    text can be read; `dpi` the scan's own resolution; `source` where the picture came from;
    `measured` has the values of checks that have no field of their own, by their names."""

    number: int
    width_mm: float | None = None
    height_mm: float | None = None
    dpi: float | None = None
    source: Literal["image", "render", "text"] | None = None
    verdict: Status = "pass"
    blank: bool | None = None
    orientation: Literal[0, 90, 180, 270] | None = None
    skew_deg: float | None = None
    clarity: float | None = None
    cropped: tuple[Side, ...] | None = None
    seals: tuple[Seal, ...] | None = None
    printed_number: PrintedNumber | None = None
    duplicate_of: int | None = None
    measured: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Uscc:
    """A unified social credit code found on a page; `valid` says that its check digit holds."""

    code: str
    valid: bool
    page: int


@dataclass(frozen=True)
class Signature:
    """A digital signature as pyHanko reads it; trust in the signer is not judged here."""

    field: str
    signer: str | None
    signed_at: str | None
    intact: bool
    covers: Literal["whole", "earlier_revision", "part"]


@dataclass(frozen=True)
class DocumentReport:
    """What holds for the file as a whole; page numbers here are positions in the file, from 1,
    save `missing_pages`, which are printed numbers."""

    pages: int | None = None
    missing_pages: tuple[int, ...] | None = None
    repeated_pages: tuple[int, ...] | None = None
    out_of_order: tuple[int, ...] | None = None
    title: str | None = None
    looks_like: str | None = None
    uscc: tuple[Uscc, ...] = ()
    name_matches: float | None = None
    encrypted: bool | None = None
    javascript: bool | None = None
    launch: bool | None = None
    embedded_files: tuple[str, ...] | None = None
    signatures: tuple[Signature, ...] | None = None
    measured: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything the engine found in one file."""

    file: str | None
    sha256: str
    verdict: Status
    readable: bool
    pages: tuple[PageReport, ...]
    document: DocumentReport
    timings_ms: dict[str, float]
    schema: int = SCHEMA_VERSION
    engine: str = ENGINE_VERSION

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding: the file's own first, then page by page."""
        return self.document.findings + tuple(finding for page in self.pages for finding in page.findings)

    def to_json(self) -> str:
        """The report as one line of JSON."""
        return REPORT.dump_json(self).decode()

    @staticmethod
    def from_json(text: str | bytes) -> "Report":
        """Read a report back; raises ValueError where the text isn't one."""
        return REPORT.validate_json(text)

    def in_language(self, lang: str) -> "Report":
        """The same report with its messages in Chinese ("zh") or English ("en")."""
        pages = tuple(replace(page, findings=_said(page.findings, lang)) for page in self.pages)
        document = replace(self.document, findings=_said(self.document.findings, lang))
        return replace(self, pages=pages, document=document)


def finding(
    check: str, status: Status, code: str, *, page: int | None = None, box: Box | None = None, **facts: Any
) -> Finding:
    """Make a finding, its message in Chinese."""
    return Finding(check, status, code, say(code, "zh", page=page, **facts), box, page, facts)


def worst(findings: tuple[Finding, ...]) -> Status:
    """The gravest status among findings."""
    return max((finding.status for finding in findings), key=SEVERITY.__getitem__, default="pass")


def _said(findings: tuple[Finding, ...], lang: str) -> tuple[Finding, ...]:
    return tuple(replace(each, message=each.say(lang)) for each in findings)


REPORT = TypeAdapter(Report)
PAGE_REPORT = TypeAdapter(PageReport)
