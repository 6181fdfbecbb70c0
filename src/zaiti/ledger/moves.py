"""The only hand that changes a state."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.utils.translation import gettext as _

from zaiti.core import Refused, require
from zaiti.ledger.chain import record


@dataclass(frozen=True)
class Move:
    """One step of a machine: from any of these states to that one."""

    sources: Collection[Any] = field()
    target: Any = field()


class Stateful(models.Model):
    """A thing with a life: its class declares `State`, `state` and `MOVES`."""

    MOVES: ClassVar[dict[str, Move]] = {}
    BY_THE_PUBLIC: ClassVar[frozenset[str]] = frozenset()  # deeds that no record ties to a person
    state: Any  # each machine declares its own column

    class Meta:
        abstract = True

    def can(self, verb: str) -> bool:
        """Tell whether this step is open now."""
        return self.state in {str(source) for source in self.MOVES[verb].sources}

    def get_state_display(self) -> str:
        """Say the state in words."""
        return str(dict(self._meta.get_field("state").flatchoices).get(self.state, self.state))  # type: ignore[union-attr]  # a plain field


Thing = TypeVar("Thing", bound=Stateful)
Person = TypeVar("Person", bound=AbstractUser)


@transaction.atomic
def move(
    thing: Thing,
    verb: str,
    *,
    by: Person | None,
    may: Callable[[Person, Thing], bool] | None = None,
    **facts: object,
) -> None:
    """Take one step: lock the row, check, save, and write it in the ledger. Unsaved changes are lost.

    `may` asks of the locked row whether this person may do it: nothing can change between the two.
    """
    thing.refresh_from_db(from_queryset=type(thing)._base_manager.select_for_update(no_key=True))
    require(may is None or (by is not None and may(by, thing)))
    if not thing.can(verb):
        raise Refused(_("This step is not open while it is “%s”.") % thing.get_state_display())
    source, thing.state = str(thing.state), str(thing.MOVES[verb].target)
    thing.save(update_fields=["state"])
    record(verb, thing, by=by, source=source, target=thing.state, **facts)
