"""What a check answers with: a value, or None where it can't tell, and what it found."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from scancheck.report import Finding

T = TypeVar("T")


@dataclass(frozen=True)
class Verdict(Generic[T]):
    """A measured value and the findings it gives rise to."""

    value: T
    findings: tuple[Finding, ...] = ()
