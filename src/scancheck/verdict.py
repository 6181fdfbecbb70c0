"""What a check answers with: a value, or None where it can't tell, and what it found."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from scancheck.report import Finding

T = TypeVar("T")


@dataclass(frozen=True)
class Verdict(Generic[T]):
    """A measured value and the findings it gives rise to.

    `note` (JSON) is left for the check's look at the whole file, `memory` for its comparison of pages;
    after `ends` no other check looks at the page.
    """

    value: T
    findings: tuple[Finding, ...] = ()
    note: Any = None
    memory: bytes = b""
    ends: bool = False
