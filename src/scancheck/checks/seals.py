"""Seals: whether there are impressions where they are due, and whose name they carry."""

from dataclasses import replace

from scancheck.check import Check, Document, Page, Whole
from scancheck.checks.titles import first_lines
from scancheck.report import Finding, PageReport, Seal, finding
from scancheck.seals.bounds import Bounds
from scancheck.seals.finding import check
from scancheck.seals.names import similarity
from scancheck.verdict import Verdict


def run(page: Page) -> Verdict[tuple[Seal, ...]]:
    """The seals of one page, as they lie on it."""
    found = check(page.raster, page.number, page.expect.name, page.profile)
    return replace(found, value=tuple(replace(seal, box=page.as_shown(seal.box)) for seal in found.value))


def whole(document: Document) -> Whole:
    """Where a seal that is due isn't seen, and how well any carries the applicant's name."""
    return Whole(_due(document), fields={"name_matches": _name_matches(document)})


def _name_matches(document: Document) -> float | None:
    """How well the best seal, or the first lines, carry the applicant's name."""
    name = document.expect.name
    if not name:
        return None
    texts = (line[0] for _, lines in first_lines(document) for line in lines)
    seals = (seal.matches_name for page in document.pages for seal in page.seals or ())
    read = [matches for matches in seals if matches is not None]
    return max([*read, *(similarity(name, text) for text in texts)], default=None)


def _due(document: Document) -> tuple[Finding, ...]:
    """Say where a seal that must be there isn't seen; blank pages need none."""
    sealed, written = document.expect.sealed, [page for page in document.pages if page.blank is False]
    if not sealed or not written:
        return ()
    if sealed == "somewhere":
        return _somewhere(written, document.profile.of(Bounds))
    due = written if sealed == "every_page" else written[-1:]
    lacking = (page.number for page in due if not _unit_seals(page))
    return tuple(finding("seal", "fail", "seal_missing", page=number) for number in lacking)


def _somewhere(written: list[PageReport], bounds: Bounds) -> tuple[Finding, ...]:
    sure = [seal.confidence for page in written for seal in _unit_seals(page)]
    if not sure:
        return (finding("seal", "fail", "seal_nowhere"),)
    if max(sure) <= bounds.doubtful_confidence:
        return (finding("seal", "unsure", "seal_nowhere_unsure"),)
    return ()


def _unit_seals(page: PageReport) -> list[Seal]:
    """A unit's seal is round or oval; squares are people's."""
    return [seal for seal in page.seals or () if seal.shape != "square"]


WORDS = {
    "seal_mismatch": (
        "第 {page} 页印章文字与单位名称不符：印章识别为“{text}”。",
        "The seal on page {page} doesn't match the unit's name: it reads “{text}”.",
    ),
    "seal_doubtful": (
        "第 {page} 页印章文字与单位名称不完全一致（识别为“{text}”），请人工核对。",
        "The seal on page {page} doesn't quite match the unit's name (it reads “{text}”). Please check.",
    ),
    "seal_unread": (
        "第 {page} 页的印章看不清文字，请人工核对。",
        "The text of the seal on page {page} can't be read. Please check.",
    ),
    "seal_missing": (
        "第 {page} 页未见公章。",
        "No seal is seen on page {page}.",
    ),
    "seal_nowhere": (
        "全文未见公章，请盖章后重新扫描。",
        "No seal is seen in the file. Seal it, then scan it again.",
    ),
    "seal_nowhere_unsure": (
        "全文只有疑似公章，请人工核对。",
        "There is only what may be a seal. Please check.",
    ),
}
CHECK = Check(
    name="seal",
    about=("公章", "seals"),
    words=WORDS,
    bounds=Bounds,
    page=run,
    field="seals",
    nothing=(),
    document=whole,
)
