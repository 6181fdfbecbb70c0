"""Where a value stands in a year's facts: a path that stays the same when others move or remove lines.

Each item of a list of parts has a name of its own, so `types.3fa9.materials.items.b07c.note` is one field
for everybody who has the page open.
"""

from collections.abc import Iterator
from secrets import token_hex
from typing import Any

from django.utils.translation import gettext as _

from zaiti.core import Refused
from zaiti.programmes.packs.reading import Place

ID = "_id"


def seeded(value: Any) -> Any:
    """The same facts, in which each item of a list has a name."""
    if isinstance(value, dict):
        return {key: seeded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_named(seeded(item)) for item in value]
    return value


def bare(value: Any) -> Any:
    """The same facts as a pack has them."""
    if isinstance(value, dict):
        return {key: bare(inner) for key, inner in value.items() if key != ID}
    return [bare(item) for item in value] if isinstance(value, list) else value


def value_of(facts: Any, path: str) -> Any:
    """What stands at a path; refused in a sentence when somebody has removed it meanwhile."""
    for key in path.split(".") if path else ():
        facts = _step(facts, key)
    return facts


def there(facts: Any, path: str) -> bool:
    """Tell whether a path leads anywhere still."""
    try:
        value_of(facts, path)
    except Refused:
        return False
    return True


def put(facts: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a path."""
    around, key = path.rpartition(".")[::2]
    holder = value_of(facts, around)
    if isinstance(holder, list):
        holder[_index(holder, key)] = value
    else:
        _step(holder, key)
        holder[key] = value


def path_of(facts: Any, place: Place) -> str:
    """The path of a place that counts items."""
    keys = []
    for key in place:
        known = isinstance(facts, list) and isinstance(key, int) and key < len(facts)
        facts = facts[key] if known else facts.get(key) if isinstance(facts, dict) else None
        keys.append(str(facts[ID]) if known and isinstance(facts, dict) else str(key))
    return ".".join(keys)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is no part, with its path; a list of plain values is one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != ID:
                yield from leaves(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for item in value:
            yield from leaves(item, f"{path}.{item[ID]}")
    else:
        yield path, value


def _named(item: Any) -> Any:
    return {ID: token_hex(3)} | item if isinstance(item, dict) else item


def _step(value: Any, key: str) -> Any:
    if isinstance(value, list):
        return value[_index(value, key)]
    if not isinstance(value, dict) or key not in value:
        raise Refused(_("Somebody else removed this line meanwhile; load the page again."))
    return value[key]


def _index(items: list[Any], key: str) -> int:
    found = [n for n, item in enumerate(items) if isinstance(item, dict) and item.get(ID) == key]
    if not found:
        raise Refused(_("Somebody else removed this line meanwhile; load the page again."))
    return found[0]
