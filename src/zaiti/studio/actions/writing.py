"""Write in a year while it is in preparation, field by field and line by line."""

from collections.abc import Mapping
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti.accounts.models import User
from zaiti.core import Refused
from zaiti.core.text import needed, one_line
from zaiti.drafts.merging import Merge, Seen, merge, print_of
from zaiti.ledger.chain import record
from zaiti.studio.arranging import arranged
from zaiti.studio.beginning import with_all_places
from zaiti.studio.holding import hold
from zaiti.studio.keeping import keep
from zaiti.studio.models import YearDraft
from zaiti.studio.paths import put, there, value_of
from zaiti.studio.shape import shape_at

How = Literal["add", "remove", "up", "down", "to"]


@transaction.atomic
def write_fields(draft: YearDraft, *, by: User, values: Mapping[str, Any], seen: Seen | None = None) -> Merge:
    """Write fields, each only over the value its writer saw; a field that is changed is confirmed by that."""
    before = hold(draft, by)
    known = _still_there(draft, values, seen)
    stored = {path: shape_at(path).written(value_of(draft.facts, path)) for path in known}
    made = merge(draft, stored, known, by=by, seen=seen)
    for path, written in made.values.items():
        put(draft.facts, path, shape_at(path).stated(written))
    if made.values:
        with_all_places(draft.facts)
        draft.to_confirm = [path for path in draft.to_confirm if path not in made.values]
        keep(draft, before, "edit", by=by)
        record("edit", draft, by=by, changes={path: [stored[path], new] for path, new in made.values.items()})
    return made


@transaction.atomic
def arrange(draft: YearDraft, *, by: User, path: str, how: How, place: int = 0) -> str:
    """Add a line to a list, or take it out, or move it; gives the path of the line."""
    before = hold(draft, by)
    line = arranged(draft.facts, path, how, place)
    with_all_places(draft.facts)
    draft.to_confirm = [one for one in draft.to_confirm if there(draft.facts, one)]
    keep(draft, before, "arrange", by=by)
    record("arrange", draft, by=by, field=path, how=how)
    return line


@transaction.atomic
def confirm_field(draft: YearDraft, *, by: User, path: str) -> None:
    """Say that what was carried over holds this year too."""
    before = hold(draft, by)
    if path not in draft.to_confirm:
        raise Refused(_("Somebody has confirmed this already."))
    draft.to_confirm = [one for one in draft.to_confirm if one != path]
    keep(draft, before, "confirm_field", by=by)
    record("confirm_field", draft, by=by, field=path, value=value_of(draft.facts, path))


@transaction.atomic
def confirm_sample(draft: YearDraft, *, by: User, path: str, source: str) -> None:
    """Say that a part is the real one and by which document: it is no sample any more."""
    source = needed(source, _("Name the document that it comes from."))
    before = hold(draft, by)
    part = value_of(draft.facts, path)
    if not isinstance(part, dict) or not part.get("sample"):
        raise Refused(_("This part is no sample."))
    part |= {"sample": False, "source": one_line(source)}
    keep(draft, before, "confirm_sample", by=by)
    record("confirm_sample", draft, by=by, field=path, source=one_line(source))


def _still_there(draft: YearDraft, values: Mapping[str, Any], seen: Seen | None) -> dict[str, Any]:
    """Without the lines that somebody removed meanwhile, unless this person has changed them."""
    gone = [path for path in values if not there(draft.facts, path)]
    if any(seen is None or seen.prints.get(path) != print_of(values[path]) for path in gone):
        raise Refused(_("Somebody else removed this line meanwhile; load the page again."))
    return {path: value for path, value in values.items() if path not in gone}
