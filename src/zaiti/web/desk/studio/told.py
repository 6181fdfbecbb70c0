"""Changes of a year in words: where, what it said, what it says now."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from zaiti.programmes.packs.parts import Block
from zaiti.studio.paths import ID, there
from zaiti.studio.shape import Shape, fields, shape_at
from zaiti.studio.steps import Step
from zaiti.web.desk.studio.fields import word_of
from zaiti.web.desk.studio.labels import label, title_of, trail
from zaiti.web.desk.studio.sections import Section, address

MOST = 600  # characters of a part that is told as a whole
ORIGIN = tuple(Block.model_fields)


class Told(NamedTuple):
    """One difference: its field's page, its place in words, the two values."""

    url: str
    where: str
    old: str
    new: str


def told_steps(draft: int, facts: dict[str, Any], pages: list[Section], steps: Iterable[Step]) -> list[Told]:
    """Every difference in words."""
    return [
        Told(
            address(draft, pages, step.path),
            _where(facts, step),
            _side(facts, step, 0),
            _side(facts, step, 1),
        )
        for step in steps
    ]


def said(shape: Shape, value: Any) -> str:
    """A value as people write it."""
    if value is None or value == "" or value == []:
        return ""
    if shape.kind in ("block", "rows"):
        return _part(shape, value)
    if shape.kind in ("lines", "choices"):
        return "、".join(str(word_of(shape, str(one))) for one in value)
    if shape.kind == "yes":
        return _("it is so") if value else _("it is not so")
    text = str(word_of(shape, value)) if shape.kind == "choice" else str(value)
    return text.replace("T", " ").removesuffix(":00+08:00") if shape.kind == "moment" else text


def _where(facts: dict[str, Any], step: Step) -> str:
    if step.do != "take":
        return trail(facts, step.path)
    return f"{trail(facts, step.path.rpartition('.')[0])} › {title_of(step.old, step.at)}"


def _side(facts: dict[str, Any], step: Step, side: int) -> str:
    value = (step.old, step.new)[side]
    if step.do == "order":
        here = [key for key, other in zip(value, (step.new, step.old)[side], strict=True) if key != other]
        paths = [f"{step.path}.{key}" for key in here]
        return "、".join(trail(facts, at).rpartition(" › ")[2] for at in paths if there(facts, at))
    return said(shape_at(step.path), value)


def _part(shape: Shape, value: Any) -> str:
    """A part in one sentence: its fields that say something."""
    assert shape.model is not None
    if isinstance(value, list):
        return "；".join(title_of(line, at) for at, line in enumerate(value))
    inner = fields(shape.model)
    pairs = [
        (label(key), said(inner[key], one))
        for key, one in value.items()
        if key in inner and key != ID and key not in ORIGIN
    ]
    words = "；".join(_("%(name)s: %(value)s") % {"name": name, "value": one} for name, one in pairs if one)
    return words if len(words) <= MOST else f"{words[:MOST]}…"
