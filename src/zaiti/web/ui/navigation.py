"""The menu of each door; a door adds its entries in its own nav.py, imported when the app is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

Say = Any  # a plain or a lazily translated string


def everyone(_user: Any) -> bool:
    """Show the entry to whoever is there."""
    return True


@dataclass(frozen=True)
class Item:
    """One entry of a menu: shown to whom `may` lets, marked where the address starts with `match`."""

    label: Say
    url: str
    icon: str = "circle"
    may: Callable[[Any], bool] = everyone
    match: str = ""
    group: Say = ""


@dataclass(frozen=True)
class Entry:
    """One entry as the page shows it."""

    label: Say
    href: str
    icon: str
    here: bool
    group: Say


NAV: dict[str, list[Item]] = {}


def add(door: str, *items: Item) -> None:
    """Append entries to a door's menu."""
    NAV.setdefault(door, []).extend(items)


def entries(door: str, user: Any, path: str) -> list[Entry]:
    """List the entries of a door that this person sees, the present one marked."""
    shown = [(item, reverse(item.url)) for item in NAV.get(door, []) if item.may(user)]
    here = max((match for match in (i.match or h for i, h in shown) if _at(match, path)), key=len, default="")
    return [Entry(i.label, h, i.icon, (i.match or h) == here, i.group) for i, h in shown]


def _at(match: str, path: str) -> bool:
    """Whether an address belongs to an entry; all begin as the first page's does, so that is alone."""
    return path == match if match == "/" else path.startswith(match)
