"""Asks the sandbox page by page, and survives its deaths."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from queue import SimpleQueue
from typing import Any, BinaryIO

from scancheck.expectation import Expectation
from scancheck.profile import Profile
from scancheck.registry import packed
from scancheck.report import PAGE_REPORT, PageReport, Status, finding
from scancheck.sandbox import Died, Sandbox

SANDBOX = Sandbox("scancheck.engine")
_DEATHS = {"timeout": "died_timeout", "memory": "died_memory", "crash": "died_crash", "error": "died_crash"}
Answer = dict[str, Any]


@dataclass
class Reading:
    """One file and what is asked of it; `lost` are the seconds that went with pages that died."""

    file: BinaryIO
    profile: Profile
    expect: Expectation
    lost: float = 0.0

    def about(self) -> Iterator[Answer]:
        """What the file carries."""
        return self._asked("about", self.file, max_objects=self.profile.max_objects)

    def pages(self, count: int, jobs: int) -> Iterator[Answer]:
        """An answer a page, as they come; a page that kills its reader has one too. `jobs` children read,
        each some pages in a row."""
        size = -(-count // jobs)
        parts = [(first, min(first + size, count)) for first in range(0, count, size)] if count else []
        if len(parts) < 2:
            return (answer for part in parts for answer in self._part(*part))
        return self._together(parts)

    def compared(self, kept: BinaryIO) -> Iterator[Answer]:
        """What the checks say of pages by comparing what they remember of them."""
        return self._asked("compare", kept)

    def _together(self, parts: list[tuple[int, int]]) -> Iterator[Answer]:
        """Several parts at a time, their answers one by one in this thread."""
        answers: SimpleQueue[Answer | None] = SimpleQueue()

        def read(part: tuple[int, int]) -> None:
            try:
                for answer in self._part(*part):
                    answers.put(answer)
            finally:
                answers.put(None)

        with ThreadPoolExecutor(len(parts)) as pool:
            running = [pool.submit(read, part) for part in parts]
            for _ in running:
                yield from iter(answers.get, None)
            for each in running:
                each.result()

    def _part(self, first: int, last: int) -> Iterator[Answer]:
        """The pages from `first` (counted from 0) that are before `last`."""
        while first < last:
            if self.lost >= self.profile.lost_seconds:
                yield {"unchecked": (first + 1, last)}
                return
            start = time.monotonic()
            try:
                for answer in self._children(first, last):
                    first += "page" in answer
                    yield answer
                return
            except Died as death:
                if first == last:
                    return
                yield from self._died(first, death, start)
                first += 1

    def _died(self, index: int, death: Died, start: float) -> list[Answer]:
        """A page that ran into its limit is tried once more, alone; else it is given up."""
        if death.why == "timeout":
            try:
                return list(self._children(index, index + 1))
            except Died:
                pass
        self.lost += _lost(death, start, self.profile)
        return [{"page": PAGE_REPORT.dump_python(_buried(index + 1, death.why), mode="json")}]

    def _children(self, first: int, last: int) -> Iterator[Answer]:
        """One child's work."""
        return self._asked("pages", self.file, expect=asdict(self.expect), first=first, last=last)

    def _asked(self, job: str, file: BinaryIO, **facts: object) -> Iterator[Answer]:
        profile = self.profile
        seconds = profile.open_seconds if job == "about" else profile.page_seconds
        return SANDBOX.run(
            job,
            file,
            step_seconds=seconds,
            memory_bytes=profile.memory_bytes,
            settings=packed(profile),
            **facts,
        )


def _lost(death: Died, start: float, profile: Profile) -> float:
    """A page that ran into its limit cost all of it; one that crashed, what it took at most."""
    return profile.page_seconds if death.why == "timeout" else min(0.5, time.monotonic() - start)


def _buried(number: int, why: str) -> PageReport:
    """A page that killed its reader gets a report of its own; one without time blames nobody."""
    status: Status = "unsure" if why == "timeout" else "fail"
    return PageReport(number, verdict=status, findings=(finding("open", status, _DEATHS[why], page=number),))
