"""Files that wait: without a place, or as parts of one, until somebody places them or lets them go."""

from collections.abc import Collection
from typing import IO

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.actions.drafts import guard_slot, lock
from zaiti.applications.intake import OFD, PDF, check_pdf, kind_of
from zaiti.applications.models import Application, DroppedFile, Material
from zaiti.applications.rules import may_edit
from zaiti.core import Refused, require
from zaiti.files.models import StoredFile
from zaiti.files.store import store
from zaiti.programmes.models import MaterialRequirement

OPEN = (Application.State.DRAFT, Application.State.RETURNED)
MOST_WAITING = 100  # several times what any carrier type asks for [D]
TYPES, PLAIN = {PDF: "application/pdf"}, "application/octet-stream"


@transaction.atomic
def keep_dropped(
    application: Application,
    *,
    by: User,
    content: IO[bytes],
    original_name: str,
    requirement: MaterialRequirement | None = None,
) -> DroppedFile:
    """Keep a file that waits, for a material or for none yet; the same one, sent again, waits once."""
    require(may_edit(by, application))
    found = kind_of(content, cycle := application.call.cycle)
    pages = check_pdf(content, cycle) if found == PDF else 0
    name = original_name[:255]
    file = store(content, name=name, by=by, original_name=name, content_type=TYPES.get(found, PLAIN))
    _lock_open(application, requirement)
    if same := _same(application, file, requirement):
        file.delete()
        return same
    if application.dropped.count() >= MOST_WAITING:
        raise Refused(_("%s files wait for their places already; please place them first.") % MOST_WAITING)
    return application.dropped.create(
        file=file,
        pages=pages,
        at=clock.now(),
        requirement=requirement,
        original=file if found == OFD else None,
        place=_next_place(application, requirement),
    )


@transaction.atomic
def take_dropped(application: Application, pk: int, *, by: User) -> DroppedFile:
    """Take one file from those that wait, to put it in its place."""
    require(may_edit(by, application))
    _lock_open(application)
    row = application.dropped.select_related("file", "original").filter(pk=pk).first()
    if row is None:
        raise Refused(_("This file no longer waits: it was placed or let go meanwhile."))
    if not row.pages:
        raise Refused(_why_not(row))
    row.delete()
    return row


@transaction.atomic
def take_parts(application: Application, requirement: MaterialRequirement, *, by: User) -> list[DroppedFile]:
    """Take the parts of one material in their order, to make one file of them; all of them or none."""
    require(may_edit(by, application))
    _lock_open(application, requirement)
    rows = list(application.dropped.filter(requirement=requirement).select_related("file", "original"))
    if problems := [f"{row}{_(': ')}{_why_not(row)}" for row in rows if not row.pages and not row.attached]:
        raise Refused(" ".join(problems))
    if not any(row.pages for row in rows):
        raise Refused(_("Nothing here can be made into a PDF: please add a PDF or photos of the pages."))
    application.dropped.filter(pk__in=[row.pk for row in rows]).delete()
    return rows


@transaction.atomic
def move_part(application: Application, pk: int, *, by: User, up: bool) -> None:
    """Let a part of a material change places with the one before it, or after it."""
    require(may_edit(by, application))
    _lock_open(application)
    moved = application.dropped.filter(pk=pk).exclude(requirement=None).first()
    if moved is None:
        raise Refused(_("This file no longer waits: it was placed or let go meanwhile."))
    rows = list(application.dropped.filter(requirement=moved.requirement))
    at = rows.index(moved)
    to = min(max(at + (-1 if up else 1), 0), len(rows) - 1)
    rows[at], rows[to] = rows[to], rows[at]
    for place, row in enumerate(rows, 1):
        row.place = place
    DroppedFile.objects.bulk_update(rows, ["place"])


@transaction.atomic
def let_dropped_go(application: Application, *, by: User, rows: Collection[int] | None = None) -> int:
    """Let go of files that wait, of all without a place when none are named."""
    require(may_edit(by, application))
    lock(application)
    none = application.dropped.filter(requirement=None)
    waiting = none if rows is None else application.dropped.filter(pk__in=rows)
    return waiting.delete()[0]


def _lock_open(application: Application, requirement: MaterialRequirement | None = None) -> None:
    lock(application)
    if application.state not in OPEN:
        raise Refused(_("Files can be added only to a draft or an application returned for correction."))
    if requirement:
        require(requirement.carrier_type_id == application.carrier_type_id)
        material = Material.objects.get_or_create(application=application, requirement=requirement)[0]
        guard_slot(application, material)


def _next_place(application: Application, requirement: MaterialRequirement | None) -> int:
    """Behind the other parts of a material; what has no place lies in the order it came."""
    if requirement is None:
        return 0
    last = application.dropped.filter(requirement=requirement).aggregate(last=Max("place"))["last"]
    return (last or 0) + 1


def _same(
    application: Application, file: StoredFile, requirement: MaterialRequirement | None
) -> DroppedFile | None:
    same = Q(file__sha256=file.sha256) | Q(original__sha256=file.sha256)
    waiting = application.dropped.filter(requirement=requirement, file__original_name=file.original_name)
    return waiting.filter(same).select_related("file").first()


def _why_not(row: DroppedFile) -> str:
    """Why a file can't be put in place now."""
    if row.being_made:
        return _("It is still being made into a PDF; please wait a moment.")
    return row.problem or _("It can't be shown here; please upload it with its PDF, at the material itself.")
