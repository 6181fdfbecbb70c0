"""A page of a year as a form, drawn from the schema: parts within parts, lists of lines, single fields."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.forms import Field

from zaiti.drafts.merging import print_of
from zaiti.programmes.packs.parts import Block
from zaiti.studio.models import YearDraft
from zaiti.studio.paths import ID, value_of
from zaiti.studio.shape import Shape, inside, shape_at
from zaiti.web.desk.studio.fields import field_of
from zaiti.web.desk.studio.labels import label, title_of, trail
from zaiti.web.desk.studio.sections import APART, Section, of_kind
from zaiti.web.forms.fields import Form

FEW = 8  # fields of a line that are all shown
ORIGIN = tuple(Block.model_fields)  # where a part comes from: told apart from what it says


@dataclass
class Node:
    """A piece of the page: a field, a part, a list, or a line of one."""

    kind: str
    path: str
    label: str
    bound: Any = None
    inside: list["Node"] = field(default_factory=list)
    origin: list["Node"] = field(default_factory=list)
    spare: list["Node"] = field(default_factory=list)  # of a line of many fields: those not used
    sample: bool = False
    optional: bool = False
    flat: bool = False  # a line of few short fields stands on one row
    waiting: bool = False


class SectionForm(Form):
    """One page's fields, named by their paths; saved by field, as several write."""

    shared = True

    def __init__(self, draft: YearDraft, section: Section, *args: Any, **kwargs: Any) -> None:
        self.draft, self.shapes = draft, dict(_leaves(draft.facts, section.paths))
        kwargs["initial"] = {
            path: shape.written(value_of(draft.facts, path)) for path, shape in self.shapes.items()
        }
        drawn: dict[str, Field] = {path: field_of(shape) for path, shape in self.shapes.items()}
        self.base_fields = drawn  # type: ignore[misc]  # each page has fields of its own
        super().__init__(*args, **kwargs)
        self._name_places()
        self.paths = section.paths

    def _print(self, name: str) -> str:
        """Of the value as the facts hold it."""
        saved = self.add_prefix(name) in self._saved
        return print_of(self.cleaned_data[name] if saved else self.initial.get(name))

    def _name_places(self) -> None:
        """Places stand under the codes of types; people read the types' names."""
        named = {kind.get("code"): kind.get("name") for kind in self.draft.facts["types"]}
        for path, shape in self.shapes.items():
            if path.split(".")[-2:-1] in (["quotas"], ["sample_quotas"]) and named.get(shape.name):
                self.fields[path].label = named[shape.name]

    def nodes(self) -> list[Node]:
        """The page as a tree."""
        return [self._node(path, shape_at(path), value_of(self.draft.facts, path)) for path in self.paths]

    def _node(self, path: str, shape: Shape, value: Any) -> Node:
        node = Node(shape.kind, path, label(shape.name), optional=shape.optional)
        if path in self.fields:
            node.kind, node.bound, node.waiting = "field", self[path], path in self.draft.to_confirm
        elif shape.kind == "rows":
            node.inside = [self._line(f"{path}.{line[ID]}", shape, line, at) for at, line in enumerate(value)]
        elif shape.model and value is not None:
            self._fill(node, shape, value)
        if path.startswith("districts.") and path.endswith(".quotas"):
            node.label = trail(self.draft.facts, path).partition(" › ")[2].partition(" › ")[0]
        return node

    def _line(self, path: str, shape: Shape, value: Any, at: int) -> Node:
        node = Node("line", path, title_of(value, at))
        self._fill(node, shape, value)
        self._fold(node, shape, value)
        node.flat = not node.origin and all(one.kind == "field" for one in node.inside)
        return node

    def _fold(self, node: Node, shape: Shape, value: Any) -> None:
        """Of a line of many fields show what is said, and behind a click what may be said besides."""
        assert shape.model is not None
        if len(node.inside) <= FEW:
            return
        known = inside(shape.model, value)
        for one in list(node.inside):
            name = one.path.rpartition(".")[2]
            untouched = not known[name].info.is_required() and value.get(name) == known[name].blank()
            if untouched and not (one.bound and one.bound.errors):
                node.inside.remove(one)
                node.spare.append(one)

    def _fill(self, node: Node, shape: Shape, value: Any) -> None:
        assert shape.model is not None
        node.sample = bool(value.get("sample"))
        for name, inner in inside(shape.model, value).items():
            if not _apart(node.path, name):
                made = self._node(f"{node.path}.{name}", inner, value.get(name))
                of_origin = name in ORIGIN and issubclass(shape.model, Block)
                (node.origin if of_origin else node.inside).append(made)


def _leaves(facts: dict[str, Any], paths: list[str]) -> Iterator[tuple[str, Shape]]:
    for path in paths:
        yield from _within(path, shape_at(path), value_of(facts, path))


def _within(path: str, shape: Shape, value: Any) -> Iterator[tuple[str, Shape]]:
    if shape.model is None:
        yield path, shape
    elif shape.kind == "rows":
        for line in value:
            yield from _inside(f"{path}.{line[ID]}", shape, line)
    elif value is not None:
        yield from _inside(path, shape, value)


def _inside(path: str, shape: Shape, value: Any) -> Iterator[tuple[str, Shape]]:
    assert shape.model is not None
    for name, inner in inside(shape.model, value).items():
        if not _apart(path, name):
            yield from _within(f"{path}.{name}", inner, value.get(name))


def _apart(path: str, name: str) -> bool:
    return name in APART.get(of_kind(path), ())
