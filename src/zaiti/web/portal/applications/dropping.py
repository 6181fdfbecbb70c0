"""Many files at once: taken in as they come, placed or let go as the person says on the page."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from zaiti.applications.actions import let_dropped_go
from zaiti.applications.models import Application
from zaiti.applications.queries import Slot
from zaiti.core import Refused
from zaiti.screening.actions import place_dropped, take_in
from zaiti.screening.dropped import Sorted, dropped
from zaiti.web.ui.pages import Request

LET_GO = "let-go"  # chosen in place of a slot


def take_all(request: Request, application: Application, files: "Iterable[UploadedFile[Any]]") -> list[str]:
    """Keep the files that can be opened; say what is wrong with the others."""
    problems: list[str] = []
    for file in files:
        name = str(file.name)
        _unless_refused(
            problems, name, take_in, application, by=request.user, content=file, original_name=name
        )
    return problems


def as_chosen(request: Request, rows: list[Sorted]) -> list[Sorted]:
    """What was chosen on the page that is being drawn anew stays chosen."""
    chosen = {row: request.GET.get(f"file-{row.row.pk}", "") for row in rows}
    return [replace(row, slot=int(slot)) if slot.isdecimal() else row for row, slot in chosen.items()]


def put_in_place(request: Request, application: Application, slots: list[Slot]) -> tuple[int, list[str]]:
    """Place or let go each file as the person chose; one without a choice waits on."""
    chosen = {row: request.POST.get(f"file-{row.row.pk}", "") for row in dropped(application, slots)}
    gone = [row.row.pk for row, choice in chosen.items() if choice == LET_GO]
    let_dropped_go(application, by=request.user, rows=gone)
    wanted = {str(slot.requirement.pk): slot.requirement for slot in slots if slot.open}
    problems: list[str] = []
    placed = 0
    for row, choice in chosen.items():
        if requirement := wanted.pop(choice, None):
            name = row.row.file.original_name
            placed += _unless_refused(
                problems, name, place_dropped, application, row.row.pk, requirement, by=request.user
            )
        elif choice.isdecimal():
            problems.append(_said(str(row.row), _("this place is taken; it waits for another.")))
    return placed, problems


def _unless_refused(
    problems: list[str], name: str, step: Callable[..., Any], *args: Any, **more: Any
) -> bool:
    try:
        step(*args, **more)
    except Refused as no:
        problems.append(_said(name, no.message))
        return False
    return True


def _said(name: str, problem: str) -> str:
    return f"{name}{_(': ')}{problem}"
