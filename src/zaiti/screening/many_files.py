"""Many files at once: each comes in, or to its place, by itself; one that is refused holds up no other."""

from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any

from django.utils.translation import gettext as _

from zaiti.accounts.models import User
from zaiti.applications.actions import let_dropped_go
from zaiti.applications.models import Application
from zaiti.applications.queries import Slot
from zaiti.core import Refused
from zaiti.screening.actions import place_dropped, take_in

LET_GO = "let-go"  # chosen in place of a slot
Choices = Mapping[int, str]  # by the file that waits: a slot's key, `LET_GO`, or nothing yet


def take_all(application: Application, files: Iterable[tuple[str, IO[bytes]]], *, by: User) -> list[str]:
    """Keep the files that can be opened; say what is wrong with the others."""
    problems: list[str] = []
    for name, content in files:
        _unless_refused(problems, name, take_in, application, by=by, content=content, original_name=name)
    return problems


def put_in_place(
    application: Application, slots: list[Slot], choices: Choices, *, by: User
) -> tuple[int, list[str]]:
    """Place or let go each file as the person chose; one without a choice waits on."""
    let_dropped_go(application, by=by, rows=[row for row, choice in choices.items() if choice == LET_GO])
    wanted = {str(slot.requirement.pk): slot.requirement for slot in slots if slot.open}
    problems: list[str] = []
    placed = 0
    for row in application.dropped.filter(pk__in=choices).select_related("file"):
        choice, name = choices[row.pk], row.file.original_name
        if requirement := wanted.pop(choice, None):
            placed += _unless_refused(problems, name, place_dropped, application, row.pk, requirement, by=by)
        elif choice.isdecimal():
            problems.append(_said(str(row), _("this place is taken; it waits for another.")))
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
