"""Many files at once: kept as they come, sorted onto slots, put in place when the person confirms."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypedDict

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from zaiti.applications.models import Application
from zaiti.applications.queries import Slot
from zaiti.applications.sorting import NOTHING, Content, sort_files
from zaiti.core import Refused
from zaiti.doors.ui.pages import Request
from zaiti.files.models import StoredFile
from zaiti.programmes.models import MaterialRequirement
from zaiti.screening.actions import put_in_slot
from zaiti.screening.actions import take_in as keep_and_read
from zaiti.screening.models import ScanReport
from zaiti.screening.scan_reports import scan_reports

KEPT = "dropped"


class Row(TypedDict):
    """One kept file as the session has it."""

    file: int
    pages: int
    name: str


@dataclass(frozen=True)
class Dropped:
    """One file that waits for its place, and whether the pre-check has yet to read it."""

    file: StoredFile
    pages: int
    slot: int | None
    waiting: bool


def take_in(request: Request, application: Application, files: "Iterable[UploadedFile[Any]]") -> list[str]:
    """Keep the files that can be opened until the person confirms; say what is wrong with the others."""
    kept: list[Row] = []
    problems: list[str] = []
    for file in files:
        try:
            kept.append(_kept(request, application, file))
        except Refused as no:
            problems.append(f"{file.name}{_(': ')}{no.message}")
    request.session[KEPT] = _all(request) | {str(application.pk): _waiting(request, application) + kept}
    return problems


def dropped(request: Request, application: Application, slots: list[Slot]) -> list[Dropped]:
    """List the files that wait, each with the slot it seems to belong to; a choice that was made stays."""
    waiting = _waiting(request, application)
    if not waiting:
        return []
    files = StoredFile.objects.in_bulk([row["file"] for row in waiting])
    rows = [row for row in waiting if row["file"] in files]
    read = scan_reports(files.values(), application.organisation.name)
    found = {sha256: _content(reading, application) for sha256, reading in read.items() if reading.read_at}
    hashes = [files[row["file"]].sha256 for row in rows]
    sorted_to = sort_files(
        [row["name"] for row in rows],
        [slot.requirement for slot in slots if slot.open],
        [found.get(sha256, NOTHING) for sha256 in hashes],
    )
    return [
        Dropped(files[row["file"]], row["pages"], _chosen(request, row, slot), sha256 not in found)
        for row, slot, sha256 in zip(rows, sorted_to, hashes, strict=True)
    ]


def put_in_place(request: Request, application: Application, slots: list[Slot]) -> tuple[int, list[str]]:
    """Put each file in the slot the person confirmed; those left out are dropped."""
    placed, problems = 0, []
    wanted = {str(slot.requirement.pk): slot.requirement for slot in slots if slot.open}
    for row in dropped(request, application, slots):
        requirement = wanted.get(request.POST.get(f"file-{row.file.pk}", ""))
        if requirement is None:
            continue
        try:
            _place(request, application, requirement, row.file)
            placed += 1
        except Refused as no:
            problems.append(f"{row.file.original_name}{_(': ')}{no.message}")
    forget(request, application)
    return placed, problems


def forget(request: Request, application: Application) -> None:
    """Let go of the files that wait."""
    request.session[KEPT] = {key: rows for key, rows in _all(request).items() if key != str(application.pk)}


def _kept(request: Request, application: Application, file: "UploadedFile[Any]") -> Row:
    name = str(file.name)
    row, pages = keep_and_read(application, by=request.user, content=file, original_name=name)
    return Row(file=row.pk, pages=pages, name=name)


def _place(
    request: Request, application: Application, requirement: MaterialRequirement, file: StoredFile
) -> None:
    with file.content.open("rb") as content:
        put_in_slot(
            application, requirement, by=request.user, content=content, original_name=file.original_name
        )


def _content(reading: ScanReport, application: Application) -> Content:
    said = reading.summary
    own = application.organisation.uscc in said.get("uscc", [])
    return Content(said.get("title") or "", said.get("looks_like") or "", own)


def _chosen(request: Request, row: Row, slot: MaterialRequirement | None) -> int | None:
    """The slot chosen on the page that is being drawn anew, else the one it was sorted to."""
    chosen = request.GET.get(f"file-{row['file']}", "")
    return int(chosen) if chosen.isdecimal() else slot.pk if slot else None


def _all(request: Request) -> dict[str, list[Row]]:
    return dict(request.session.get(KEPT, {}))


def _waiting(request: Request, application: Application) -> list[Row]:
    return list(_all(request).get(str(application.pk), []))
