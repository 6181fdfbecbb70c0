"""Page images with the evidence drawn in; pages are rendered in the sandbox."""

import base64
from pathlib import Path

from scancheck.probing import opened
from scancheck.profile import STANDARD, Profile
from scancheck.report import Report
from scancheck.sandbox import Died, Sandbox

_SANDBOX = Sandbox("scancheck.drawing")
COLOURS = {"seal": "#1a7f37", "fail": "#cf222e", "warn": "#bf8700", "unsure": "#0969da"}


def draw(source: Path | bytes, report: Report, folder: Path, profile: Profile = STANDARD) -> list[Path]:
    """Write a PNG per page into `folder`; pages that can't be rendered are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = Path(report.file or "file").stem
    boxes = {str(page.number): _boxes(report, page.number) for page in report.pages}
    widths = {str(page.number): page.width_mm for page in report.pages}
    facts = {"boxes": boxes, "widths": widths}
    written = []
    with opened(source) as file:
        answers = _SANDBOX.run(
            "draw", file, step_seconds=profile.page_seconds, memory_bytes=profile.memory_bytes, **facts
        )
        try:
            for answer in answers:
                path = folder / f"{stem}-{answer['page']:03}.png"
                path.write_bytes(base64.b64decode(answer["png"]))
                written.append(path)
        except Died:
            pass
    return written


def _boxes(report: Report, number: int) -> list[tuple[float, float, float, float, str]]:
    """A page's boxes in mm, each with a colour."""
    page = report.pages[number - 1]
    seals = [(*seal.box, COLOURS["seal"]) for seal in page.seals or ()]
    return seals + [(*each.box, COLOURS[each.status]) for each in page.findings if each.box]
