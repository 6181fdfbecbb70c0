"""Which city a thing belongs to: found by its foreign keys, so that no room has to say it."""

from collections import deque
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models

BUREAU = "accounts.authority"
Path = tuple[str, ...]


def city_of(thing: models.Model) -> int | None:
    """The city in whose tree a thing stands; none for what is the whole installation's.

    The database is asked, so that the thing in hand keeps what it holds of others as it was.
    """
    rows = type(thing)._base_manager.filter(pk=thing.pk)
    for path in paths(type(thing)):
        bureau = "__".join((*path, "pk"))
        found = rows.values_list("__".join((*path, "city")), bureau).first()
        if found and any(found):
            return int(found[0] or found[1])
    return None


@cache
def paths(model: type[models.Model]) -> list[Path]:
    """The ways from a model to a bureau, the shortest first; never by way of who did something."""
    if model._meta.label_lower == BUREAU:
        return [()]
    found, seen, queue = [], {model}, deque([(model, Path())])
    while queue:
        here, way = queue.popleft()
        for field in _keys(here):
            there = field.related_model
            if there._meta.label_lower == BUREAU:
                found.append((*way, field.name))
            elif there not in seen and there._meta.label != settings.AUTH_USER_MODEL:
                seen.add(there)
                queue.append((there, (*way, field.name)))
    return found


def _keys(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.remote_field]
