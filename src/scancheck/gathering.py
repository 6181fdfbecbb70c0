"""Which files a command line means: those named, and all that can be read in the folders named."""

from collections.abc import Iterable
from pathlib import Path

from scancheck.binding import PICTURES, WORD

READABLE = PICTURES | WORD | {".pdf", ".ofd"}


def gathered(named: Iterable[Path]) -> list[Path]:
    """Files as they were named; of a folder, every PDF, picture and document in it and below it, by name."""
    return [path for each in named for path in (_within(each) if each.is_dir() else [each])]


def _within(folder: Path) -> list[Path]:
    """A folder's files; what begins with a dot is left aside, as office programs' lock files are."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in READABLE and path.is_file())
    return sorted(
        path for path in found if not any(part[0] in ".~" for part in path.relative_to(folder).parts)
    )
