"""What the caller knows about a file beforehand, to compare it with."""

from dataclasses import dataclass
from typing import Literal

Sealed = Literal["somewhere", "last_page", "every_page"]


@dataclass(frozen=True)
class Expectation:
    """The applicant's name, the material the file should be, and where seals must be.

    What is None isn't compared.
    """

    name: str | None = None
    material: str | None = None
    sealed: Sealed | None = None


NOTHING = Expectation()
