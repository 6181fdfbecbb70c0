"""Many files at once: kept as they come, sorted onto slots by name, put in place when the person confirms."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypedDict

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from zaiti.applications.actions import upload_material
from zaiti.applications.intake import check_pdf
from zaiti.applications.models import Application
from zaiti.applications.queries import Slot
from zaiti.applications.sorting import sort_files
from zaiti.core import Refused
from zaiti.doors.ui.pages import Request
from zaiti.files.models import StoredFile
from zaiti.files.store import store
from zaiti.programmes.models import MaterialRequirement

KEPT = "dropped"


class Row(TypedDict):
    """One kept file as the session has it."""

    file: int
    pages: int
    name: str
    slot: int | None


@dataclass(frozen=True)
class Dropped:
    """One file that waits for its place."""

    file: StoredFile
    pages: int
    slot: int | None


def take_in(
    request: Request, application: Application, files: "Iterable[UploadedFile[Any]]", slots: list[Slot]
) -> list[str]:
    """Keep the files that can be opened until the person confirms; say what is wrong with the others."""
    kept: list[Row] = []
    problems: list[str] = []
    for file in files:
        try:
            kept.append(_kept(request, file))
        except Refused as no:
            problems.append(f"{file.name}{_(': ')}{no.message}")
    _keep(request, application, _waiting(request, application) + kept, slots)
    return problems


def dropped(request: Request, application: Application, slots: list[Slot]) -> list[Dropped]:
    """List the files that wait, with the slot each was sorted to."""
    waiting = _waiting(request, application)
    if not waiting:
        return []
    files = StoredFile.objects.in_bulk([row["file"] for row in waiting])
    return [Dropped(files[row["file"]], row["pages"], row["slot"]) for row in waiting if row["file"] in files]


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


def _kept(request: Request, file: "UploadedFile[Any]") -> Row:
    pages, name = check_pdf(file), str(file.name)
    row = store(file, name=name, by=request.user, original_name=name)
    return Row(file=row.pk, pages=pages, name=name, slot=None)


def _place(
    request: Request, application: Application, requirement: MaterialRequirement, file: StoredFile
) -> None:
    with file.content.open("rb") as content:
        upload_material(
            application, requirement, by=request.user, content=content, original_name=file.original_name
        )


def _keep(request: Request, application: Application, rows: list[Row], slots: list[Slot]) -> None:
    open_slots = [slot.requirement for slot in slots if slot.open]
    found = sort_files([row["name"] for row in rows], open_slots)
    for row, slot in zip(rows, found, strict=True):
        row["slot"] = slot.pk if slot else None
    request.session[KEPT] = _all(request) | {str(application.pk): rows}


def _all(request: Request) -> dict[str, list[Row]]:
    return dict(request.session.get(KEPT, {}))


def _waiting(request: Request, application: Application) -> list[Row]:
    return list(_all(request).get(str(application.pk), []))
