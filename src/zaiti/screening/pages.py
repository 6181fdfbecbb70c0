"""Pages of a PDF as pictures for the viewer: drawn in a killable process, kept by the file's hash."""

import time
from base64 import b64decode
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.conf import settings

from scancheck.profile import STANDARD
from scancheck.sandbox import Died, Sandbox
from zaiti.files.disk import DRAFTS, NoRoom, clear_drafts, full_refused, measured, write_whole
from zaiti.files.models import StoredFile

# Widths in pixels: a strip beside the page, the page at about 150 dpi of A4, and zoomed in at 300.
WIDTHS = {"small": 160, "page": 1240, "large": 2480}
TOGETHER = {"small": ("small", "page"), "page": ("small", "page"), "large": ("large",)}
_SANDBOX = Sandbox("zaiti.screening.rasterise")


def picture(file: StoredFile, number: int, size: str) -> bytes | None:
    """Give one page (counted from 1) as JPEG; nothing when it can't be drawn in the time allowed."""
    try:
        return _place(file, number, size).read_bytes()
    except FileNotFoundError:
        return _draw(file, number, TOGETHER[size]).get(size)


def forget(unused: timedelta) -> int:
    """Remove pictures drawn longer ago than this; they are drawn anew when asked for."""
    latest = time.time() - unused.total_seconds()
    clear_drafts(_drafts(), latest)
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


def _draw(file: StoredFile, number: int, sizes: tuple[str, ...]) -> dict[str, bytes]:
    """Draw a page at some sizes and keep the pictures."""
    with file.content.open("rb") as content:
        content.fileno()  # one that is stored elsewhere is brought to disk here
        content.flush()
        drawn = dict(zip(sizes, _drawn(cast(BinaryIO, content), number, sizes), strict=False))
    for size, picture in drawn.items():
        _keep(_place(file, number, size), picture)
    return drawn


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


def _drafts() -> Path:
    folder: Path = settings.DATA / "pages" / DRAFTS
    return folder


def _keep(place: Path, content: bytes) -> None:
    """Write whole or not at all, as two may draw the same page; without room it is drawn each time."""
    with suppress(NoRoom), full_refused():
        write_whole(place, BytesIO(content), measured(BytesIO(content)), _drafts())
