"""Where a message leads: each door says which of its pages shows a thing, and to whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from zaiti.accounts.models import User
from zaiti.outbox.models import Message


@dataclass(frozen=True)
class Shown:
    """A page that shows one of `rows`, found by `key`; without rows, a whole kind of thing, or its number."""

    route: str
    rows: Callable[[User], QuerySet[Any]] | None = None
    key: str = "pk"
    may: Callable[[User], bool] = bool
    by_number: bool = False

    def address(self, user: User, pk: int | None) -> str:
        """Where this person sees it; nowhere, if they may not."""
        if not self.may(user):
            return ""
        if self.rows is None:
            return reverse(self.route, args=[pk] if self.by_number else [])
        found = self.rows(user).filter(pk=pk).values_list(self.key, flat=True).first()
        return reverse(self.route, args=[found]) if found is not None else ""


_PAGES: dict[str, list[Shown]] = {}


def add(kind: type[Model], *pages: Shown) -> None:
    """Name the pages of a door for one kind of thing; the first that its reader may see is taken."""
    _PAGES.setdefault(kind._meta.label_lower, []).extend(pages)


def page_of(message: Message) -> str:
    """The address a message leads its reader to, or nothing."""
    pages = _PAGES.get(message.about, ())
    return next((at for one in pages if (at := one.address(message.to, message.about_id))), "")
