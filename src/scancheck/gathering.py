"""Which files a command line means: those named, and all PDFs in the folders named."""

from collections.abc import Iterable
from pathlib import Path


def gathered(named: Iterable[Path]) -> list[Path]:
    """Files as they were named; of a folder, every PDF in it and below it, by name."""
    return [path for each in named for path in (_within(each) if each.is_dir() else [each])]


def _within(folder: Path) -> list[Path]:
    """A folder's PDFs; what begins with a dot is left aside, as office programs' lock files are."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
    return sorted(
        path for path in found if not any(part[0] in ".~" for part in path.relative_to(folder).parts)
    )
