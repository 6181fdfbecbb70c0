"""`inspect`: the caller's side. Gathers what the sandbox says of each page, and sums up."""

import json
import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Literal

from scancheck.check import Document
from scancheck.expectation import NOTHING, Expectation
from scancheck.probing import Probe, Source, opened, probe_file
from scancheck.profile import STANDARD, Profile
from scancheck.reading import Reading
from scancheck.report import PAGE_REPORT, DocumentReport, Finding, PageReport, Report, finding
from scancheck.sandbox import Died
from scancheck.summing import summed_up

Progress = Callable[[int, int], None]


@dataclass
class Gathered:
    """What has come out of the sandbox so far."""

    pages: dict[int, PageReport] = field(default_factory=dict)
    notes: defaultdict[str, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    compared: defaultdict[str, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    about: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    timings: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, answer: dict[str, Any], kept: BinaryIO) -> None:
        """Take in one answer; what is to be compared goes into the file `kept`."""
        if "page" in answer:
            page = PAGE_REPORT.validate_python(answer["page"])
            self.pages[page.number] = page
            for check, note in answer.get("notes", {}).items():
                self.notes[check][page.number] = note
            kept.write(json.dumps([page.number, answer.get("memories", {})]).encode() + b"\n")
        if "unchecked" in answer:
            first, last = answer["unchecked"]
            self.findings.append(finding("open", "unsure", "pages_unchecked", first=first, last=last))
        if "compared" in answer:
            check, number, said = answer["compared"]
            self.compared[check] |= {} if said is None else {number: said}
        for check, spent in answer.get("timings", {}).items():
            self.timings[check] = round(self.timings[check] + spent, 1)


def inspect(
    source: Source,
    profile: Profile = STANDARD,
    expect: Expectation = NOTHING,
    *,
    lang: Literal["zh", "en"] = "zh",
    progress: Progress | None = None,
    jobs: int = 1,
) -> Report:
    """Read a scanned PDF (a path, or its bytes) and say what is wrong with it.

    Lengths in the report are millimetres, angles degrees. Never raises for what the file contains: a file
    that kills the process reading it gives a report saying so. Raises OSError where a path can't be read,
    and `scancheck.NoCheck` where a plugin of the profile can't be had. `progress` is called with the pages
    done and the pages in all; `jobs` processes read the file's pages.
    """
    name = None if isinstance(source, bytes) else os.fspath(source)
    with opened(source) as file:
        probe = probe_file(file, profile)
        if not probe.ok:
            return unreadable(name, probe).in_language(lang)
        count = probe.pages or 0
        gathered = _gather(Reading(file, profile, expect), count, jobs, progress)
    return _report(name, probe, gathered, profile, expect).in_language(lang)


def unreadable(name: str | None, probe: Probe) -> Report:
    """The report of a file that nobody can open."""
    code = probe.problem or "broken"
    found = Finding("open", "fail", code, probe.message(), facts={**probe.facts})
    document = DocumentReport(
        pages=probe.pages, encrypted=True if probe.problem == "encrypted" else None, findings=(found,)
    )
    return Report(Path(name).name if name else None, probe.sha256, "fail", False, (), document, {})


def _gather(reading: Reading, count: int, jobs: int, progress: Progress | None) -> Gathered:
    gathered = Gathered()
    try:
        for facts in reading.about():
            gathered.about |= facts
    except Died:
        gathered.findings.append(finding("safety", "unsure", "safety_unknown"))
    with TemporaryFile() as kept:
        for answer in reading.pages(count, jobs):
            gathered.add(answer, kept)
            if progress and "page" in answer:
                progress(len(gathered.pages), count)
        kept.flush()
        if len(gathered.pages) > 1:
            _compare(reading, gathered, kept)
    return gathered


def _compare(reading: Reading, gathered: Gathered, kept: BinaryIO) -> None:
    try:
        for answer in reading.compared(kept):
            gathered.add(answer, kept)
    except Died:
        gathered.findings.append(finding("open", "unsure", "pages_uncompared"))


def _report(
    name: str | None, probe: Probe, gathered: Gathered, profile: Profile, expect: Expectation
) -> Report:
    numbers = range(1, (probe.pages or 0) + 1)
    pages = [gathered.pages.get(number, PageReport(number, verdict="unsure")) for number in numbers]
    known = Document(pages, gathered.notes, gathered.compared, gathered.about, profile, expect)
    pages, document, verdict = summed_up(known, tuple(gathered.findings))
    base = Path(name).name if name else None
    return Report(base, probe.sha256, verdict, True, tuple(pages), document, dict(gathered.timings))
