"""Pages of a PDF as pictures for the viewer: drawn in a killable process, kept by the file's hash."""

import time
from base64 import b64decode
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import BinaryIO, cast

from django.conf import settings

from scancheck.profile import STANDARD
from scancheck.sandbox import Died, Sandbox
from zaiti.files.models import StoredFile

# Widths in pixels: a strip beside the page, the page at about 150 dpi of A4, and zoomed in at 300.
WIDTHS = {"small": 160, "page": 1240, "large": 2480}
TOGETHER = {"small": ("small", "page"), "page": ("small", "page"), "large": ("large",)}
_SANDBOX = Sandbox("zaiti.screening.drawing")


def picture(file: StoredFile, number: int, size: str) -> bytes | None:
    """Give one page (counted from 1) as JPEG; nothing when it can't be drawn in the time allowed."""
    kept = _place(file, number, size)
    if not kept.exists() and not _draw(file, number, TOGETHER[size]):
        return None
    return kept.read_bytes()


def forget(unused: timedelta) -> int:
    """Remove pictures drawn longer ago than this; they are drawn anew when asked for."""
    latest = time.time() - unused.total_seconds()
    old = [kept for kept in (settings.DATA / "pages").rglob("*.jpg") if kept.stat().st_mtime < latest]
    for kept in old:
        kept.unlink(missing_ok=True)
    return len(old)


def first_page(pdf: bytes) -> bytes | None:
    """Give the first page of a letter that is not kept anywhere."""
    with TemporaryFile() as content:
        content.write(pdf)
        content.flush()
        drawn = _drawn(content, 1, ("page",))
    return drawn[0] if drawn else None


def _draw(file: StoredFile, number: int, sizes: tuple[str, ...]) -> bool:
    """Draw a page at some sizes and keep the pictures."""
    with file.content.open("rb") as content:
        content.fileno()  # one that is stored elsewhere is brought to disk here
        content.flush()
        drawn = _drawn(cast(BinaryIO, content), number, sizes)
    for size, picture in zip(sizes, drawn, strict=False):
        _keep(_place(file, number, size), picture)
    return bool(drawn)


def _drawn(content: BinaryIO, number: int, sizes: tuple[str, ...]) -> list[bytes]:
    """Draw in the sandbox; nothing at all when it does not finish."""
    try:
        pictures = list(
            _SANDBOX.run(
                "draw",
                content,
                step_seconds=STANDARD.page_seconds,
                memory_bytes=STANDARD.memory_bytes,
                index=number - 1,
                widths=[WIDTHS[size] for size in sizes],
            )
        )
    except Died:
        return []
    return [b64decode(picture) for picture in pictures]


def _place(file: StoredFile, number: int, size: str) -> Path:
    folder: Path = settings.DATA / "pages" / file.sha256[:2] / file.sha256
    return folder / f"{number}-{size}.jpg"


def _keep(place: Path, content: bytes) -> None:
    """Write whole or not at all, as two requests may draw the same page."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(place)
