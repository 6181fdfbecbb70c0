"""What holds for all checks: what is taken in, how long it may take, and which thresholds differ."""

from dataclasses import dataclass
from typing import TypeVar

MEBIBYTE = 1024 * 1024
B = TypeVar("B")


@dataclass(frozen=True)
class Profile:
    """What counts as good enough; the defaults suit A4 office scans of official papers."""

    # Intake: what an upload may weigh. 200 MiB and 1,000 pages are the bounds the programme's
    # own bad-input list names; a usual dossier has under 200 pages and 60 MiB.
    max_bytes: int = 200 * MEBIBYTE
    max_pages: int = 1000

    # Sandbox, in seconds of processor time: opening 1,000 pages takes about 0.1 s and checking a
    # 300 dpi page as much, so these are files that don't mean well; together they keep a hostile
    # file near 5 s (a page without time is tried once more). 1 GiB holds an
    # A3 page at 600 dpi in colour several times over.
    open_seconds: float = 1.0
    page_seconds: float = 2.5
    lost_seconds: float = 2.5
    memory_bytes: int = 1024 * MEBIBYTE
    # Objects looked at when searching for scripts and attachments; a scan has about 4 a page.
    max_objects: int = 20_000
    # A0 at 400 dpi is 180 million pixels; nobody scans more.
    max_pixels: int = 200_000_000

    # Whether to recognise text at all; page numbers, titles, seals and doubtful clarity need it.
    recognise: bool = True

    # Modules that hold further checks, by name.
    plugins: tuple[str, ...] = ()
    # The thresholds of single checks, where they aren't the usual ones: each check's file has its own.
    bounds: tuple[object, ...] = ()

    def of(self, kind: type[B]) -> B:
        """The thresholds of one check, by their class."""
        return next((each for each in self.bounds if isinstance(each, kind)), None) or kind()


STANDARD = Profile()
