"""Files that come without a place: kept with the application until somebody places them or lets them go."""

from collections.abc import Collection
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.actions.drafts import lock
from zaiti.applications.intake import check_pdf
from zaiti.applications.models import Application, DroppedFile
from zaiti.applications.rules import may_edit
from zaiti.core import Refused, require
from zaiti.files.store import store

OPEN = (Application.State.DRAFT, Application.State.RETURNED)
MOST_WAITING = 100  # several times what any carrier type asks for [D]


@transaction.atomic
def keep_dropped(
    application: Application, *, by: User, content: IO[bytes], original_name: str
) -> DroppedFile:
    """Keep a PDF that has no place yet; the same one, sent again, waits once."""
    require(may_edit(by, application))
    pages = check_pdf(content, application.call.cycle)
    name = original_name[:255]
    file = store(content, name=name, by=by, original_name=name)
    _lock_open(application)
    waiting = application.dropped.select_related("file")
    if same := waiting.filter(file__sha256=file.sha256, file__original_name=file.original_name).first():
        file.delete()
        return same
    if waiting.count() >= MOST_WAITING:
        raise Refused(_("%s files wait for their places already; please place them first.") % MOST_WAITING)
    return application.dropped.create(file=file, pages=pages, at=clock.now())


@transaction.atomic
def take_dropped(application: Application, pk: int, *, by: User) -> DroppedFile:
    """Take one file from those that wait, to put it in its place."""
    require(may_edit(by, application))
    _lock_open(application)
    row = application.dropped.select_related("file").filter(pk=pk).first()
    if row is None:
        raise Refused(_("This file no longer waits: it was placed or let go meanwhile."))
    row.delete()
    return row


@transaction.atomic
def let_dropped_go(application: Application, *, by: User, rows: Collection[int] | None = None) -> int:
    """Let go of files that wait, of all of them when none are named."""
    require(may_edit(by, application))
    lock(application)
    waiting = application.dropped.all() if rows is None else application.dropped.filter(pk__in=rows)
    return waiting.delete()[0]


def _lock_open(application: Application) -> None:
    lock(application)
    if application.state not in OPEN:
        raise Refused(_("Files can be added only to a draft or an application returned for correction."))
