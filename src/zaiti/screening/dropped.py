"""Files that wait for their places, each with the one it seems to belong to."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from zaiti.applications.models import Application, DroppedFile
from zaiti.applications.queries import Slot
from zaiti.applications.sorting import NOTHING, Content, sort_files
from zaiti.screening.models import ScanReport
from zaiti.screening.scan_reports import scan_reports


@dataclass(frozen=True)
class Sorted:
    """One file, its likely slot, and whether the pre-check has yet to read it."""

    row: DroppedFile
    slot: int | None
    waiting: bool


class Parts(list[DroppedFile]):
    """The files that wait to be one, in their order."""

    @property
    def being_made(self) -> bool:
        """Whether a job has yet to make a PDF of one of them."""
        return any(row.being_made for row in self)


def dropped(application: Application, slots: list[Slot]) -> list[Sorted]:
    """Sort what waits onto the slots that are open, by names and by what was read."""
    rows = [row for row in _waiting(application) if row.requirement_id is None]
    if not rows:
        return []
    read = scan_reports([row.file for row in rows], application.organisation.name)
    found = {sha256: _content(reading, application) for sha256, reading in read.items() if reading.read_at}
    likely = sort_files(
        [row.file.original_name for row in rows],
        [slot.requirement for slot in slots if slot.open],
        [found.get(row.file.sha256, NOTHING) for row in rows],
    )
    return [
        Sorted(
            row, slot.pk if slot else None, row.being_made or (row.pages > 0 and row.file.sha256 not in found)
        )
        for row, slot in zip(rows, likely, strict=True)
    ]


def parts(application: Application) -> dict[int, Parts]:
    """The parts that wait to be one file, by their material."""
    found: dict[int, Parts] = {}
    for row in _waiting(application):
        if row.requirement_id is not None:
            found.setdefault(row.requirement_id, Parts()).append(row)
    return found


def _waiting(application: Application) -> list[DroppedFile]:
    """All that waits, read once for a page."""
    rows = DroppedFile.objects.select_related("file")
    prefetch_related_objects([application], Prefetch("dropped", rows))
    return list(application.dropped.all())


def _content(reading: ScanReport, application: Application) -> Content:
    said = reading.summary
    own = application.organisation.uscc in said.get("uscc", [])
    return Content(said.get("title") or "", said.get("looks_like") or "", own)
