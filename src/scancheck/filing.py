"""Any file people have: a PDF, a picture, a Word file; for the command line."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

from scancheck.binding import Paper, paper
from scancheck.expectation import NOTHING, Expectation
from scancheck.inspecting import Progress, inspect, unreadable
from scancheck.intake import digest
from scancheck.probing import Probe
from scancheck.profile import STANDARD, Profile
from scancheck.report import Report


def inspect_file(
    path: Path,
    profile: Profile = STANDARD,
    expect: Expectation = NOTHING,
    *,
    lang: Literal["zh", "en"] = "zh",
    progress: Progress | None = None,
    jobs: int = 1,
) -> Report:
    """Say what is wrong with a file: as `inspect` does, of a picture as one page, of a TIFF as one a frame,
    of a Word file as LibreOffice prints it where that is there. Raises OSError where it can't be read.
    """
    ready = paper(path, profile)
    if ready.problem:
        return unreadable(str(path), _stopped(ready)).in_language(lang)
    report = inspect(ready.source, profile, expect, lang=lang, progress=progress, jobs=jobs)
    return report if ready.source is path else replace(report, file=path.name, sha256=_digest(path))


def _stopped(ready: Paper) -> Probe:
    return Probe(False, ready.problem, None, ready.path.stat().st_size, _digest(ready.path))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return digest(file)
