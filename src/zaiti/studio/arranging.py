"""The lines of a list: added, taken out, moved."""

from typing import Any

from django.utils.translation import gettext as _

from zaiti.core import Refused
from zaiti.studio.beginning import sourced
from zaiti.studio.paths import ID, put, seeded, value_of
from zaiti.studio.shape import Shape, blank, shape_at

MOST = 200  # lines of one list


def arranged(facts: dict[str, Any], path: str, how: str, place: int = 0) -> str:
    """Do it to the facts; gives the path of the line, or of its list once it is gone."""
    shape = _of(path)
    if how == "add":
        return _add(facts, path, shape)
    around, key = path.rpartition(".")[::2]
    lines = value_of(facts, around)
    if not isinstance(lines, list):
        return _take_out(facts, path, shape)
    value_of(lines, key)
    at = next(n for n, line in enumerate(lines) if line[ID] == key)
    line = lines.pop(at)
    if how == "remove":
        return around
    to = {"up": at - 1, "down": at + 1}.get(how, place)
    lines.insert(max(0, min(len(lines), to)), line)
    return path


def _of(path: str) -> Shape:
    """The part that a path names; what names none is refused."""
    try:
        shape = shape_at(path)
    except (KeyError, StopIteration):
        raise Refused(_("There is no such part; load the page again."))
    return shape


def _add(facts: dict[str, Any], path: str, shape: Shape) -> str:
    held = value_of(facts, path)
    if shape.model is None:
        raise Refused(_("There is no such part; load the page again."))
    fresh = sourced(blank(shape.model))
    if shape.kind == "block":
        if held is None:
            put(facts, path, seeded(fresh))
        return path
    if len(held) >= MOST:
        raise Refused(_("A list holds at most %(n)s lines.") % {"n": MOST})
    held.append(seeded([fresh])[0])
    return f"{path}.{held[-1][ID]}"


def _take_out(facts: dict[str, Any], path: str, shape: Shape) -> str:
    if shape.kind != "block" or not shape.optional:
        raise Refused(_("This part can't be left out."))
    put(facts, path, None)
    return path
