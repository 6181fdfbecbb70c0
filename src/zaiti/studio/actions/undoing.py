"""Take back a change of a year in preparation, or bring it back as it stood."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti.accounts.models import User
from zaiti.core import Refused
from zaiti.ledger.chain import record
from zaiti.studio.holding import hold
from zaiti.studio.keeping import keep, steps_of
from zaiti.studio.models import Change, YearDraft
from zaiti.studio.paths import there
from zaiti.studio.steps import back, taken


@transaction.atomic
def undo(draft: YearDraft, *, by: User, change: int) -> None:
    """Take one change back, unless what it wrote was changed again since; this too can be undone."""
    before = hold(draft, by)
    row = _found(draft, change)
    if Change.objects.filter(undoes=row).exists():
        raise Refused(_("This change was undone already."))
    _take_back(draft, [row])
    keep(draft, before, "undo", by=by, undoes=row)
    record("undo", draft, by=by, change=row.pk)


@transaction.atomic
def restore(draft: YearDraft, *, by: User, change: int) -> None:
    """Bring the year back as it stood after one change: all later ones are taken back, and kept."""
    before = hold(draft, by)
    row = _found(draft, change)
    _take_back(draft, list(draft.changes.filter(pk__gt=row.pk).order_by("-pk")))
    keep(draft, before, "restore", by=by)
    record("restore", draft, by=by, change=row.pk)


def _take_back(draft: YearDraft, changes: list[Change]) -> None:
    waiting = list(draft.to_confirm)
    for change in changes:
        draft.facts = taken(draft.facts, back(steps_of(change)))
        waiting = [path for path in waiting if path not in change.waiting] + change.confirmed
    draft.to_confirm = [path for path in dict.fromkeys(waiting) if there(draft.facts, path)]


def _found(draft: YearDraft, change: int) -> Change:
    row = draft.changes.filter(pk=change).first()
    if row is None:
        raise Refused(_("There is no such change; load the page again."))
    return row
