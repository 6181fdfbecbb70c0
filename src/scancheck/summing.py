"""What holds for the file as a whole, from what was found on its pages."""

from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from scancheck.expectation import Expectation
from scancheck.numerals import Candidate
from scancheck.pagination import Pagination, paginate
from scancheck.profile import Profile
from scancheck.report import (
    SEVERITY,
    DocumentReport,
    Finding,
    PageReport,
    PrintedNumber,
    Signature,
    Status,
    Uscc,
    finding,
    worst,
)  # fmt: skip
from scancheck.seals.bounds import Bounds
from scancheck.seals.names import similarity
from scancheck.titles import codes, looks_like, title_finding
from scancheck.titles import title as headline

Traces = dict[int, dict[str, Any]]
_SIGNATURES = TypeAdapter(tuple[Signature, ...])


def summed_up(
    pages: list[PageReport],
    traces: Traces,
    repeats: dict[int, int],
    about: dict[str, Any],
    findings: tuple[Finding, ...],
    profile: Profile,
    expect: Expectation,
) -> tuple[list[PageReport], DocumentReport, Status]:
    """The pages with what only the document shows, the document's own report, and the verdict."""
    blank = {page.number for page in pages if page.blank}
    order = paginate([_candidates(traces.get(page.number)) for page in pages], profile, blank)
    pages = [_completed(page, order, repeats.get(page.number)) for page in pages]
    document = _document(pages, traces, about, order, profile, expect)
    found = (
        findings
        + _ordered(order)
        + _carried(about)
        + _titled(document, expect)
        + _sealed(pages, expect, profile)
    )
    found += _coded(document)
    document = replace(document, findings=found)
    verdicts = [page.verdict for page in pages] + [worst(found)]
    return pages, document, max(verdicts, key=SEVERITY.__getitem__)


def _candidates(trace: dict[str, Any] | None) -> list[Candidate]:
    return [Candidate.from_json(facts) for facts in trace["numbers"]] if trace else []


def _completed(page: PageReport, order: Pagination, repeats: int | None) -> PageReport:
    """Add a page's number, and whether it repeats another."""
    printed = order.numbers[page.number - 1]
    if printed:
        page = replace(page, printed_number=PrintedNumber(printed.number, printed.total))
    if repeats:
        twice = finding("duplicate", "warn", "duplicate", page=page.number, other=repeats)
        findings = (*page.findings, twice)
        page = replace(page, duplicate_of=repeats, findings=findings, verdict=worst(findings))
    return page


def _document(
    pages: list[PageReport],
    traces: Traces,
    about: dict[str, Any],
    order: Pagination,
    profile: Profile,
    expect: Expectation,
) -> DocumentReport:
    tops = [(number, traces[number]["top"]) for number in sorted(traces) if traces[number]["top"]]
    texts = [line[0] for _, lines in tops for line in lines]
    title = headline([tuple(line) for line in tops[0][1]], profile) if tops else None
    heads = [[title] if title else [], *([line[0] for line in lines] for _, lines in tops)]
    looks = (looks_like(texts, profile) for texts in heads)
    return DocumentReport(
        missing_pages=order.missing if order.voted else None,
        repeated_pages=order.repeated if order.voted else None,
        out_of_order=order.out_of_order if order.voted else None,
        title=title,
        looks_like=next(filter(None, looks), None),
        uscc=_codes(tops),
        name_matches=_name_matches(pages, texts, expect.name),
        **_about(about),
    )


def _about(about: dict[str, Any]) -> dict[str, Any]:
    """What the file carries; null where nobody could look."""
    files, signatures = about.get("embedded_files"), about.get("signatures")
    return {
        "encrypted": about.get("encrypted"),
        "javascript": about.get("javascript"),
        "launch": about.get("launch"),
        "embedded_files": None if files is None else tuple(files),
        "signatures": None if signatures is None else _SIGNATURES.validate_python(signatures),
    }


def _codes(tops: list[tuple[int, list[Any]]]) -> tuple[Uscc, ...]:
    found = {code.code: code for number, lines in tops for line in lines for code in codes(line[0], number)}
    return tuple(found.values())


def _name_matches(pages: list[PageReport], texts: list[str], name: str | None) -> float | None:
    """How well the best seal, or the first lines, carry the applicant's name."""
    if not name:
        return None
    seals = [
        seal.matches_name for page in pages for seal in page.seals or () if seal.matches_name is not None
    ]
    return max([*seals, *(similarity(name, text) for text in texts)], default=None)


def _ordered(order: Pagination) -> tuple[Finding, ...]:
    found = []
    for code, numbers in (
        ("pages_missing", order.missing),
        ("pages_repeated", order.repeated),
        ("pages_out_of_order", order.out_of_order),
    ):
        if numbers:
            listed = "、".join(map(str, numbers[:30]))
            found.append(
                finding("pagination", "warn" if code != "pages_missing" else "fail", code, numbers=listed)
            )
    found += [
        finding("pagination", "fail", "pages_missing_between", first=first, last=last, count=count)
        for first, last, count in order.some_missing
    ]
    return tuple(found)


def _carried(about: dict[str, Any]) -> tuple[Finding, ...]:
    found = [finding("safety", "fail", code) for code in ("javascript", "launch") if about.get(code)]
    if about.get("embedded_files"):
        found.append(
            finding("safety", "warn", "embedded_files", names="、".join(about["embedded_files"][:10]))
        )
    broken = (each for each in about.get("signatures") or () if not each["intact"])
    found += [finding("signature", "warn", "signature_broken", field=each["field"]) for each in broken]
    return tuple(found)


def _titled(document: DocumentReport, expect: Expectation) -> tuple[Finding, ...]:
    found = title_finding(document, expect.material)
    return (found,) if found else ()


def _coded(document: DocumentReport) -> tuple[Finding, ...]:
    """A code that fails its check digit, where none on the page holds: misread or mistyped."""
    if any(code.valid for code in document.uscc):
        return ()
    return tuple(
        finding("uscc", "unsure", "uscc_invalid", page=code.page, given=code.code)
        for code in document.uscc[:1]
    )


def _sealed(pages: list[PageReport], expect: Expectation, profile: Profile) -> tuple[Finding, ...]:
    """Say where a seal that must be there isn't seen; blank pages need none."""
    written = [page for page in pages if page.blank is False]
    if not expect.sealed or not written:
        return ()
    if expect.sealed == "somewhere":
        return _somewhere(written, profile)
    due = written if expect.sealed == "every_page" else written[-1:]
    return tuple(
        finding("seal", "fail", "seal_missing", page=page.number) for page in due if not _unit_seals(page)
    )


def _somewhere(written: list[PageReport], profile: Profile) -> tuple[Finding, ...]:
    sure = [seal.confidence for page in written for seal in _unit_seals(page)]
    if not sure:
        return (finding("seal", "fail", "seal_nowhere"),)
    if max(sure) <= profile.of(Bounds).doubtful_confidence:
        return (finding("seal", "unsure", "seal_nowhere_unsure"),)
    return ()


def _unit_seals(page: PageReport) -> list[Any]:
    """A unit's seal is round or oval; squares are people's."""
    return [seal for seal in page.seals or () if seal.shape != "square"]
