"""What holds for the file as a whole, from what was found on its pages."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from scancheck.check import Document, Whole
from scancheck.registry import registered
from scancheck.report import SEVERITY, DocumentReport, Finding, PageReport, Status, worst

Of = TypeVar("Of", PageReport, DocumentReport)


def summed_up(
    document: Document, findings: tuple[Finding, ...]
) -> tuple[list[PageReport], DocumentReport, Status]:
    """The pages with what only the document shows, the document's own report, and the verdict;
    `findings` were made by the way."""
    report = DocumentReport(pages=len(document.pages))
    for check in registered(document.profile.plugins):
        if check.document:
            said = check.document(document)
            document = replace(document, pages=[_completed(page, said) for page in document.pages])
            report = _valued(report, said.fields)
            findings += said.findings
    verdicts = [page.verdict for page in document.pages] + [worst(findings)]
    return document.pages, replace(report, findings=findings), max(verdicts, key=SEVERITY.__getitem__)


def _completed(page: PageReport, said: Whole) -> PageReport:
    """A page with what a check says of it in the light of the whole file."""
    page = _valued(page, said.page_fields.get(page.number, {}))
    found = (*page.findings, *(each for each in said.on_pages if each.page == page.number))
    return replace(page, findings=found, verdict=worst(found)) if found != page.findings else page


def _valued(report: Of, values: Mapping[str, Any]) -> Of:
    """A report with values: in fields of their own, or with others that have none."""
    own = {each.name for each in fields(report)}
    named = {name: value for name, value in values.items() if name in own}
    others = {name: value for name, value in values.items() if name not in own}
    return replace(report, **named, measured=report.measured | others)
