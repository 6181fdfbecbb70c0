"""A year in preparation with what was done to it: each save is kept as the steps it took."""

from copy import deepcopy
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.core import Refused
from zaiti.studio.correcting import in_a_form
from zaiti.studio.models import Change, YearDraft
from zaiti.studio.steps import Step, between


class Before(NamedTuple):
    """How it stood."""

    facts: dict[str, Any]
    to_confirm: list[str]


def snapshot(draft: YearDraft) -> Before:
    """How it stands now."""
    return Before(deepcopy(draft.facts), list(draft.to_confirm))


def keep(draft: YearDraft, before: Before, verb: str, *, by: User, undoes: Change | None = None) -> None:
    """Save the draft, and what was changed in it."""
    steps = list(between(before.facts, draft.facts))
    if draft.corrects_id and not all(map(in_a_form, steps)):
        raise Refused(_("Only the forms of a year under way can be corrected here."))
    draft.save(update_fields=["facts", "to_confirm"])
    confirmed = [path for path in before.to_confirm if path not in draft.to_confirm]
    waiting = [path for path in draft.to_confirm if path not in before.to_confirm]
    if steps or confirmed or waiting:
        draft.changes.create(
            at=clock.now(),
            by=by,
            verb=verb,
            steps=steps,
            confirmed=confirmed,
            waiting=waiting,
            undoes=undoes,
        )


def steps_of(change: Change) -> list[Step]:
    """The steps as they were kept."""
    return [Step(*step) for step in change.steps]
