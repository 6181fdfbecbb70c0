"""`inspect`: the caller's side. Asks the sandbox page by page, survives its deaths, sums up."""

import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Literal

from scancheck.expectation import NOTHING, Expectation
from scancheck.probing import Probe, Source, opened, probe_file
from scancheck.profile import STANDARD, Profile
from scancheck.report import PAGE_REPORT, DocumentReport, Finding, PageReport, Report, Status, finding
from scancheck.sandbox import Died, Sandbox
from scancheck.summing import summed_up

Progress = Callable[[int, int], None]
_SANDBOX = Sandbox("scancheck.engine")
_DEATHS = {"timeout": "died_timeout", "memory": "died_memory", "crash": "died_crash", "error": "died_crash"}


@dataclass
class Gathered:
    """What has come out of the sandbox so far."""

    pages: dict[int, PageReport] = field(default_factory=dict)
    traces: dict[int, dict[str, Any]] = field(default_factory=dict)
    repeats: dict[int, int] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)


def inspect(
    source: Source,
    profile: Profile = STANDARD,
    expect: Expectation = NOTHING,
    *,
    lang: Literal["zh", "en"] = "zh",
    progress: Progress | None = None,
) -> Report:
    """Read a scanned PDF (a path, or its bytes) and say what is wrong with it.

    Never raises for what the file contains: a file that kills the process reading it gives a
    report saying so. Raises OSError where a path can't be read. `progress` is called with the
    pages done and the pages in all.
    """
    name = None if isinstance(source, bytes) else os.fspath(source)
    with opened(source) as file:
        probe = probe_file(file, profile)
        if not probe.ok:
            return _unreadable(name, probe).in_language(lang)
        gathered = _gather(file, probe.pages or 0, profile, expect, progress)
    return _report(name, probe, gathered, profile, expect).in_language(lang)


def _unreadable(name: str | None, probe: Probe) -> Report:
    """The report of a file that nobody can open."""
    code = probe.problem or "broken"
    found = Finding("open", "fail", code, probe.message(), facts={**probe.facts})
    document = DocumentReport(
        pages=probe.pages, encrypted=True if probe.problem == "encrypted" else None, findings=(found,)
    )
    return Report(Path(name).name if name else None, probe.sha256, "fail", False, (), document, {})


def _gather(
    file: BinaryIO, count: int, profile: Profile, expect: Expectation, progress: Progress | None
) -> Gathered:
    gathered = Gathered()
    try:
        for facts in _asked("about", file, profile, max_objects=profile.max_objects):
            gathered.about |= facts
    except Died:
        gathered.findings.append(finding("safety", "unsure", "safety_unknown"))
    first, lost = 0, 0.0
    while first < count:
        start, done = time.monotonic(), len(gathered.pages)
        try:
            _run(file, first, count, count, profile, expect, gathered, progress)
            break
        except Died as death:
            dead = max([first, *gathered.pages]) + 1 if len(gathered.pages) > done else first + 1
            if death.why != "timeout" or not _again(file, dead, count, profile, expect, gathered, progress):
                _bury(dead, death.why, gathered)
                lost += _time_lost(death, start, profile)
            if lost >= profile.lost_seconds:
                gathered.findings += _unchecked(dead + 1, count)
                break
            first = dead
    return gathered


def _again(
    file: BinaryIO,
    number: int,
    count: int,
    profile: Profile,
    expect: Expectation,
    gathered: Gathered,
    progress: Progress | None,
) -> bool:
    """Whether a page that ran into its limit can be checked when it is tried once more, alone."""
    try:
        _run(file, number - 1, number, count, profile, expect, gathered, progress)
    except Died:
        return False
    return True


def _unchecked(first: int, last: int) -> list[Finding]:
    """Say which pages nobody looked at any more."""
    return [finding("open", "unsure", "pages_unchecked", first=first, last=last)] if first <= last else []


def _time_lost(death: Died, start: float, profile: Profile) -> float:
    """A page that ran into its limit cost all of it; one that crashed, what it took at most."""
    return profile.page_seconds if death.why == "timeout" else min(0.5, time.monotonic() - start)


def _run(
    file: BinaryIO,
    first: int,
    last: int,
    count: int,
    profile: Profile,
    expect: Expectation,
    gathered: Gathered,
    progress: Progress | None,
) -> None:
    """One child's work: the pages from `first` on that are before `last`."""
    request = {"settings": asdict(profile), "name": expect.name, "first": first, "last": last}
    for answer in _asked("pages", file, profile, **request):
        if "page" in answer:
            page = PAGE_REPORT.validate_python(answer["page"])
            gathered.pages[page.number], gathered.traces[page.number] = page, answer["trace"]
            if progress:
                progress(page.number, count)
        else:
            gathered.repeats |= {int(page): other for page, other in answer["duplicates"].items()}
            for check, spent in answer["timings"].items():
                gathered.timings[check] = round(gathered.timings.get(check, 0.0) + spent, 1)


def _asked(job: str, file: BinaryIO, profile: Profile, **facts: object) -> Any:
    seconds = profile.open_seconds if job == "about" else profile.page_seconds
    return _SANDBOX.run(job, file, step_seconds=seconds, memory_bytes=profile.memory_bytes, **facts)


def _bury(number: int, why: str, gathered: Gathered) -> None:
    """A page that killed its reader gets a report of its own; one without time blames nobody."""
    status: Status = "unsure" if why == "timeout" else "fail"
    found = finding("open", status, _DEATHS[why], page=number)
    gathered.pages[number] = PageReport(number, verdict=status, findings=(found,))


def _report(
    name: str | None, probe: Probe, gathered: Gathered, profile: Profile, expect: Expectation
) -> Report:
    count = probe.pages or 0
    pages = [
        gathered.pages.get(number, PageReport(number, verdict="unsure")) for number in range(1, count + 1)
    ]
    pages, document, verdict = summed_up(
        pages, gathered.traces, gathered.repeats, gathered.about, tuple(gathered.findings), profile, expect
    )
    return Report(
        Path(name).name if name else None,
        probe.sha256,
        verdict,
        True,
        tuple(pages),
        replace(document, pages=count),
        gathered.timings,
    )
