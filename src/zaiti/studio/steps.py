"""What makes one state of a year's facts of another, step by step; each step can be taken back."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from zaiti.core import Refused
from zaiti.studio.paths import ID, put, there, value_of

BACK = {"insert": "take", "take": "insert"}


class Step(NamedTuple):
    """A value put, a line put in or taken out, or a list put into another order."""

    do: str
    path: str
    old: Any = None
    new: Any = None
    at: int = 0

    def back(self) -> "Step":
        """What undoes it."""
        return Step(BACK.get(self.do, self.do), self.path, self.new, self.old, self.at)


def between(old: Any, new: Any, path: str = "") -> Iterator[Step]:
    """The steps from one state to another."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            if key != ID:
                yield from between(old.get(key), new.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(old, list) and isinstance(new, list) and any(isinstance(one, dict) for one in old + new):
        yield from _lines(old, new, path)
    elif old != new:
        yield Step("put", path, old, new)


def taken(facts: dict[str, Any], steps: list[Step]) -> dict[str, Any]:
    """The facts after these steps; refused where something else stands by now."""
    facts = deepcopy(facts)
    for step in steps:
        DOES[step.do](facts, step)
    return facts


def back(steps: list[Step]) -> list[Step]:
    """The steps that undo these."""
    return [step.back() for step in reversed(steps)]


def _lines(old: list[Any], new: list[Any], path: str) -> Iterator[Step]:
    before, after = _by_name(old), _by_name(new)
    for at, key in reversed(list(enumerate(before))):
        if key not in after:
            yield Step("take", f"{path}.{key}", before[key], None, at)
    stay, order = [key for key in before if key in after], [key for key in after if key in before]
    if stay != order:
        yield Step("order", path, stay, order)
    for at, key in enumerate(after):
        if key not in before:
            yield Step("insert", f"{path}.{key}", None, after[key], at)
    for key in order:
        yield from between(before[key], after[key], f"{path}.{key}")


def _by_name(lines: list[Any]) -> dict[str, Any]:
    return {line[ID]: line for line in lines}


def _put(facts: dict[str, Any], step: Step) -> None:
    if value_of(facts, step.path) != step.old:
        raise _changed_since()
    put(facts, step.path, step.new)


def _insert(facts: dict[str, Any], step: Step) -> None:
    if there(facts, step.path):
        raise _changed_since()
    value_of(facts, step.path.rpartition(".")[0]).insert(step.at, step.new)


def _take(facts: dict[str, Any], step: Step) -> None:
    if value_of(facts, step.path) != step.old:
        raise _changed_since()
    value_of(facts, step.path.rpartition(".")[0]).remove(step.old)


def _order(facts: dict[str, Any], step: Step) -> None:
    """Those that the step names stand in its order, in the places that they hold now."""
    lines = value_of(facts, step.path)
    known = _by_name(lines)
    ordered = iter([known[key] for key in step.new if key in known])
    lines[:] = [next(ordered) if line[ID] in step.new else line for line in lines]


def _changed_since() -> Refused:
    return Refused(
        _("This was changed again since; undo the later change first, or write it by hand."),
    )


DOES = {"put": _put, "insert": _insert, "take": _take, "order": _order}
