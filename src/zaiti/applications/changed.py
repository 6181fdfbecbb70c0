"""What a corrected form asks otherwise than its writer saw it: new, changed and dropped entries."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from zaiti.applications.answered import Said, is_empty
from zaiti.applications.answering import head
from zaiti.applications.models import Answers
from zaiti.applications.queries import ill_fitting
from zaiti.applications.rebasing import set_aside
from zaiti.programmes.packs.form import Entry

LIMITS = ("least", "most", "most_letters", "most_rows")


class Changes(NamedTuple):
    """How a form was corrected, for who fills it in."""

    new: list[Entry]
    changed: list[tuple[Entry, list[str]]]
    dropped: list[Entry]


def changes(answers: Answers) -> Changes | None:
    """What changed since its writer last saved; nothing while they have seen it all."""
    if answers.before is None:
        return None
    old = {entry.code: entry for entry in answers.before.entries}
    now = {entry.code: entry for entry in answers.shape.entries}
    changed = [(entry, list(_told(old[code], entry))) for code, entry in now.items() if code in old]
    return Changes(
        [entry for code, entry in now.items() if code not in old],
        [(entry, said) for entry, said in changed if said],
        [entry for code, entry in old.items() if code not in now],
    )


def no_longer_asked(answers: Answers) -> list[Said]:
    """Answers that no entry has room for: kept, and shown as they were given."""
    codes = {entry.code: entry for entry in answers.shape.entries}
    kept = [Said(entry, value) for entry, value in set_aside(answers)]
    return [one for one in kept if one.entry.code not in codes or one.entry.kind == "rows"]


def to_mend(answers: Answers) -> dict[str, str]:
    """What to do about an answer that the corrected form can't take as it is, by its entry."""
    said, now = answers.said, {entry.code: entry for entry in answers.shape.entries}
    found = ill_fitting(answers)
    for entry, value in set_aside(answers):
        if entry.code in now and is_empty(said.get(entry.code)):
            found[entry.code] = _anew(Said(entry, value), now[entry.code])
    return found


def _anew(was: Said, now: Entry) -> str:
    facts = {"said": was.words, "why": " ".join(_told(was.entry, now))}
    return _("The form was corrected. You had answered “%(said)s”. %(why)s Please answer anew.") % facts


def _told(old: Entry, new: Entry) -> Iterator[str]:
    """Each way in which an entry is asked otherwise, as a sentence."""
    if old.name != new.name:
        yield _("Before, it was called “%s”.") % old.name
    if old.kind != new.kind:
        yield _("It is filled in in another way now.")
    if old.options != new.options:
        yield _("The choices are now: %s.") % "、".join(new.options)
    if old.columns != new.columns:
        yield _("The columns of the table are now: %s.") % "、".join(map(head, new.columns))
    if old.unit != new.unit:
        yield _("The unit is now “%s”.") % (new.unit or _("none"))
    if old.required != new.required:
        yield _("It has to be filled in now.") if new.required else _("It may be left empty now.")
    if any(getattr(old, name) != getattr(new, name) for name in LIMITS):
        yield _("Its limits changed.")
    if old.help != new.help:
        yield _("It is explained otherwise: %s") % new.help
    if old.shown_if != new.shown_if:
        yield _("It is asked in other cases than before.")
    if set(old.read_by) != set(new.read_by):
        yield _("Other people read it than before.")
