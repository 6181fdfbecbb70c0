"""The check that runs at once at upload: is this a PDF that people can open?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from scancheck.intake import digest, kind
from scancheck.profile import MEBIBYTE, STANDARD, Profile
from scancheck.sandbox import Died, Sandbox
from scancheck.words import say

Source = Path | str | bytes
_SANDBOX = Sandbox("scancheck.prober")
_DEATHS = {"timeout": "timeout", "memory": "too_complex", "crash": "broken", "error": "broken"}


@dataclass(frozen=True)
class Probe:
    """What an upload is, before anyone looks at its pages; `size` is in bytes."""

    ok: bool
    problem: str | None
    pages: int | None
    size: int
    sha256: str
    notes: tuple[str, ...] = ()
    limit: int | None = None

    def message(self, lang: str = "zh") -> str:
        """Say in one sentence what is wrong and what to do about it."""
        return say(self.problem or "opens", lang, **self.facts)

    @property
    def facts(self) -> dict[str, int | float]:
        """The figures the sentence names."""
        named = {"size": round(self.size / MEBIBYTE), "pages": self.pages, "limit": self.limit}
        return {key: value for key, value in named.items() if value is not None}


def probe(source: Source, profile: Profile = STANDARD) -> Probe:
    """Say whether `source` (a path or the bytes themselves) is a PDF that can be taken in.

    Never raises for what the file contains; raises OSError where a path can't be read.
    Scripts, launch actions and attachments are in `notes` ("javascript", "launch",
    "embedded_files", "unsearched") and don't make the file unusable.
    """
    with opened(source) as file:
        return probe_file(file, profile)


def probe_file(file: BinaryIO, profile: Profile) -> Probe:
    """The same for an open file."""
    size = file.seek(0, 2)
    sha256, problem = digest(file), _problem(file, size, profile)
    if problem:
        limit = profile.max_bytes // MEBIBYTE if problem == "too_large" else None
        return Probe(False, problem, None, size, sha256, limit=limit)
    return _look(file, size, sha256, profile)


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Open a source as a file with a descriptor of its own; bytes go to an unnamed file."""
    if not isinstance(source, bytes):
        with open(source, "rb") as file:
            yield file
        return
    with TemporaryFile() as copy:
        copy.write(source)
        copy.flush()
        yield copy


def _problem(file: BinaryIO, size: int, profile: Profile) -> str | None:
    """What the first and last bytes already rule out."""
    found = kind(file, size)
    if found in ("pdf", "truncated") and size > profile.max_bytes:
        return "too_large"  # a file this large is often cut off on its way, too
    return None if found == "pdf" else found


def _look(file: BinaryIO, size: int, sha256: str, profile: Profile) -> Probe:
    """Open the file in the sandbox, and read its pages and what it carries."""
    facts: dict[str, object] = {"problem": "broken", "pages": None}
    limits = {"max_pages": profile.max_pages, "max_objects": profile.max_objects}
    try:
        for answer in _SANDBOX.run(
            "look",
            file,
            step_seconds=profile.open_seconds,
            memory_bytes=profile.memory_bytes,
            **limits,
        ):
            facts |= answer
    except Died as death:
        facts["problem"] = _DEATHS[death.why]
    return _judged(facts, size, sha256, profile)


def _judged(facts: dict[str, object], size: int, sha256: str, profile: Profile) -> Probe:
    pages = facts["pages"] if isinstance(facts["pages"], int) else None
    problem = str(facts["problem"]) if facts["problem"] else None
    if problem is None and pages is not None and pages > profile.max_pages:
        return Probe(False, "too_many_pages", pages, size, sha256, _notes(facts), limit=profile.max_pages)
    return Probe(problem is None, problem, pages, size, sha256, _notes(facts))


def _notes(facts: dict[str, object]) -> tuple[str, ...]:
    carried = ("javascript", "launch", "embedded_files")
    unsearched = () if "javascript" in facts else ("unsearched",)
    return tuple(name for name in carried if facts.get(name)) + unsearched
