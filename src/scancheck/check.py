"""What a check is: one file below `checks` (or a module named as a plugin) that holds a `CHECK`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from scancheck.expectation import NOTHING, Expectation
from scancheck.profile import Profile
from scancheck.raster import Raster
from scancheck.report import Box, Finding, PageReport
from scancheck.text import TextLine, layer
from scancheck.verdict import Verdict
from scancheck.words import Sentence

# What a check of a page waits for, unless it says otherwise: that the page stands upright.
UPRIGHT = ("orientation",)


@dataclass
class Page:
    """One page as a check sees it.

    `shown` is the picture as people see it; `source` is PDFium's page (None where there is only a picture).
    `values` has what the checks before measured here, by their names; `kept` is for what a check carries
    from page to page of one reading.
    """

    number: int
    shown: Raster
    profile: Profile
    expect: Expectation = NOTHING
    source: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    _turned: dict[int, Raster] = field(default_factory=dict)

    @property
    def raster(self) -> Raster:
        """The picture, upright once it is known which way that is."""
        if self.turn not in self._turned:
            self._turned[self.turn] = self.shown.turned(-self.turn % 360)
        return self._turned[self.turn]

    @cached_property
    def text(self) -> list[TextLine]:
        """The lines of the text layer; empty where there is none."""
        return [] if self.source is None else layer(self.source)

    @property
    def turn(self) -> int:
        """How many degrees clockwise the page is turned; 0 until that is known."""
        return self.values.get("orientation") or 0

    @property
    def lean(self) -> float:
        """The page's skew in degrees; 0 where it was not measured."""
        return self.values.get("skew") or 0.0

    def as_shown(self, box: Box) -> Box:
        """A box on the upright page in mm, as it lies on the page as shown."""
        wide, high = (self.raster.bgr.shape[axis] / self.raster.scale for axis in (1, 0))
        x0, y0, x1, y1 = box
        if self.turn == 90:
            x0, y0, x1, y1 = high - y1, x0, high - y0, x1
        elif self.turn == 180:
            x0, y0, x1, y1 = wide - x1, high - y1, wide - x0, high - y0
        elif self.turn == 270:
            x0, y0, x1, y1 = y0, wide - x1, y1, wide - x0
        return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)


@dataclass(frozen=True)
class Document:
    """A whole file as a check sees it, after its pages.

    `notes` are what the checks left on each page, by check and page number; `compared` is what their
    `compare` said; `about` is what the file carries, as far as anyone could look.
    """

    pages: list[PageReport]
    notes: Mapping[str, Mapping[int, Any]]
    compared: Mapping[str, Mapping[int, Any]]
    about: Mapping[str, Any]
    profile: Profile
    expect: Expectation

    def notes_of(self, check: str) -> list[tuple[int, Any]]:
        """What one check left, page by page."""
        return sorted(self.notes.get(check, {}).items())


@dataclass(frozen=True)
class Whole:
    """What a check says of a file: findings on the file and on single pages, and fields of the reports."""

    findings: tuple[Finding, ...] = ()
    on_pages: tuple[Finding, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    page_fields: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


Look = Callable[[Page], Verdict[Any]]


@dataclass(frozen=True)
class Check:
    """A check and all there is to know of it.

    `name` is what its findings carry, `about` what it looks at (Chinese, English), `words` its sentences by
    the codes of its findings, `terms` the words for what facts in them name, `bounds` the class of its
    thresholds. It runs by any of:

    - `page`, on each page that isn't blank, once the checks in `after` have run. Its value goes into `field`
      of the page's report, else into `measured`; on a blank page that is `nothing`.
    - `compare`, inside the sandbox, on what it left to remember of all pages: yields, page by page, what is
      said of each; None is nothing.
    - `document`, on the whole file.
    """

    name: str
    about: Sentence
    words: Mapping[str, Sentence] = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, Sentence]] = field(default_factory=dict)
    bounds: type[Any] | None = None
    page: Look | None = None
    after: tuple[str, ...] = UPRIGHT
    value: Any = None
    field: str | None = None
    nothing: Any = None
    compare: Callable[[Mapping[int, bytes], Profile], Iterator[tuple[int, Any]]] | None = None
    document: Callable[[Document], Whole] | None = None
    # Whether someone who looks at the pages can say that it is right.
    by_eye: bool = True
