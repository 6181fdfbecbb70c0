"""Several people fill in one thing: each field is written only over the value its writer saw."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.core import Refused
from zaiti.drafts.models import Touch

PRINT = 16  # hexadecimal digits: enough to tell two values of one field apart


@dataclass(frozen=True)
class Seen:
    """What a page showed when its writer began: a print of each field's value, and the page's own name."""

    prints: Mapping[str, str] = field(default_factory=dict)
    page: str = ""


@dataclass(frozen=True)
class Conflict:
    """A field that somebody else changed meanwhile: what is stored, by whom, and when."""

    theirs: object
    by: AbstractUser | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Merge:
    """What may be written, and what may not before its writer has chosen."""

    values: dict[str, Any]
    conflicts: dict[str, Conflict]


class Overtaken(Refused):
    """Somebody else changed what this person was about to write over; nothing was written."""

    def __init__(self, conflicts: Mapping[str, Conflict]) -> None:
        super().__init__(_("Somebody else changed this meanwhile; nothing was written over. Please choose."))
        self.conflicts = dict(conflicts)


def print_of(value: object) -> str:
    """Tell values apart without carrying them about."""
    return hashlib.sha256(plain(value).encode()).hexdigest()[:PRINT]


def plain(value: Any) -> str:
    """Say a value in its one spelling, whether it comes from a form or from the store."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "1", False: "0"}[value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Mapping):
        return json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    if isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        return "\n".join(map(plain, value))  # the lines of a table keep their order
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "\n".join(sorted(plain(each) for each in value))
    return str(value).replace("\r\n", "\n").strip()


def merge(
    thing: models.Model,
    stored: Mapping[str, Any],
    typed: Mapping[str, Any],
    *,
    by: AbstractUser,
    seen: Seen | None,
) -> Merge:
    """Part what was typed into what changes and what would write over another's words.

    Call it with the row locked. Without `seen` the caller is no page, and writes what it says.
    """
    changed = {name: value for name, value in typed.items() if _differs(name, stored[name], value, seen)}
    conflicts = _conflicts(thing, stored, changed, by, seen) if seen and changed else {}
    values = {name: value for name, value in changed.items() if name not in conflicts}
    _touch(thing, values, by, seen.page if seen else "")
    return Merge(values, conflicts)


def merge_all(
    thing: models.Model,
    stored: Mapping[str, Any],
    typed: Mapping[str, Any],
    *,
    by: AbstractUser,
    seen: Seen | None,
) -> dict[str, Any]:
    """As `merge`, where all is written or nothing."""
    made = merge(thing, stored, typed, by=by, seen=seen)
    if made.conflicts:
        raise Overtaken(made.conflicts)
    return made.values


def _conflicts(
    thing: models.Model, stored: Mapping[str, Any], names: Iterable[str], by: AbstractUser, seen: Seen
) -> dict[str, Conflict]:
    doubted = [name for name in names if seen.prints.get(name) != print_of(stored[name])]
    hands, none = _hands(thing, doubted) if doubted else {}, Touch()
    return {
        name: Conflict(stored[name], hand.by if hand.pk else None, hand.at)
        for name in doubted
        if _overtakes(name, hand := hands.get(name, none), by, seen)
    }


def _differs(name: str, now: object, mine: object, seen: Seen | None) -> bool:
    """Whether it was typed at all, and is not what is stored."""
    printed = print_of(mine)
    return printed != print_of(now) and not (seen and seen.prints.get(name) == printed)


def _overtakes(name: str, hand: Touch, by: AbstractUser, seen: Seen) -> bool:
    """Whether a value its writer did not see is another's; who saw none may change only their own."""
    base = seen.prints.get(name)
    mine: bool = hand.by_id == by.pk
    if base is None:
        return hand.pk is not None and not mine
    return not (seen.page and mine and hand.page == seen.page)


def _hands(thing: models.Model, names: Iterable[str]) -> dict[str, Touch]:
    rows = Touch.objects.filter(kind=thing._meta.label_lower, thing=thing.pk, field__in=list(names))
    return {row.field: row for row in rows.select_related("by")}


def _touch(thing: models.Model, names: Collection[str], by: AbstractUser, page: str) -> None:
    if not names:
        return
    at = clock.now()
    of = {"kind": thing._meta.label_lower, "thing": thing.pk, "by_id": by.pk, "at": at, "page": page}
    Touch.objects.bulk_create(
        [Touch(field=name, **of) for name in sorted(names)],
        update_conflicts=True,
        unique_fields=["kind", "thing", "field"],
        update_fields=["by", "at", "page"],
    )
