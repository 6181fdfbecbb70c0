"""Many files at once: each comes in, or to its place, by itself; one that is refused holds up no other."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO, Any

from django.utils.translation import gettext as _

from zaiti.accounts.models import User
from zaiti.applications.actions import let_dropped_go
from zaiti.applications.intake import PDF, kind_of
from zaiti.applications.models import Application
from zaiti.applications.queries import Slot
from zaiti.core import Refused
from zaiti.programmes.models import MaterialRequirement
from zaiti.screening.actions import place_dropped, put_in_slot, take_in

LET_GO = "let-go"  # chosen in place of a slot
Choices = Mapping[int, str]  # by the file that waits: a slot's key, `LET_GO`, or nothing yet


def take_all(
    application: Application,
    files: Iterable[tuple[str, IO[bytes]]],
    *,
    by: User,
    requirement: MaterialRequirement | None = None,
) -> list[str]:
    """Keep the files that can be opened; say what is wrong with the others."""
    problems: list[str] = []
    to = {"by": by, "requirement": requirement}
    for name, content in files:
        _unless_refused(problems, name, take_in, application, content=content, original_name=name, **to)
    return problems


def fill_slot(
    application: Application,
    requirement: MaterialRequirement,
    files: Sequence[tuple[str, IO[bytes]]],
    *,
    by: User,
) -> list[str]:
    """Put one PDF in its slot; anything else waits there in the order of the names, to be looked at first."""
    if len(files) == 1:
        _fill_with_one(application, requirement, *files[0], by=by)
        return []
    return take_all(application, sorted(files, key=_by_name), by=by, requirement=requirement)


def _fill_with_one(
    application: Application, requirement: MaterialRequirement, name: str, content: IO[bytes], *, by: User
) -> None:
    alone = not application.dropped.filter(requirement=requirement).exists()
    if alone and kind_of(content, application.call.cycle) == PDF:
        put_in_slot(application, requirement, by=by, content=content, original_name=name)
    else:
        take_in(application, requirement=requirement, by=by, content=content, original_name=name)


def _by_name(file: tuple[str, object]) -> list[int | str]:
    return in_order(file[0])


def in_order(name: str) -> list[int | str]:
    """Names as people count: 2 before 10."""
    return [int(bit) if bit.isdecimal() else bit.casefold() for bit in re.split(r"(\d+)", name)]


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
