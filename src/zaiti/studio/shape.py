"""What a pack may say, read from its schema: so a new field of a policy appears in the pages by itself."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from zaiti.programmes.packs import Pack
from zaiti.programmes.packs.sentences import sentence
from zaiti.programmes.packs.values import Count

Kind = Literal[
    "text", "day", "moment", "whole", "number", "yes", "choice", "choices", "lines", "block", "rows"
]
KINDS: dict[Any, Kind] = {
    datetime: "moment",
    date: "day",
    bool: "yes",
    int: "whole",
    Decimal: "number",
    str: "text",
}


@dataclass(frozen=True)
class Shape:
    """One field of a part: its kind, whether it may be left out, what is inside."""

    name: str
    kind: Kind
    optional: bool
    info: FieldInfo
    model: type[BaseModel] | None = None
    choices: tuple[str, ...] = ()
    whole: bool = False  # of a list of plain values: whether they are numbers

    def blank(self) -> Any:
        """What stands there before anything is said."""
        if not self.info.is_required():
            return TypeAdapter(Any).dump_python(self.info.get_default(call_default_factory=True), mode="json")
        if self.optional:
            return None
        if self.kind == "block" and self.model:
            return blank(self.model)
        empty: dict[str, Any] = {"text": "", "rows": [], "lines": [], "choices": [], "yes": False}
        only = self.choices[0] if len(self.choices) == 1 else None
        return only or empty.get(self.kind)

    def written(self, value: Any) -> Any:
        """As it is typed: a list of plain values is one line each."""
        return "\n".join(map(str, value)) if self.kind == "lines" else value

    def stated(self, written: Any) -> Any:
        """As facts hold what was typed."""
        if self.kind != "lines":
            return written
        lines = [line.strip() for line in str(written or "").split("\n") if line.strip()]
        return [int(line) if self.whole and line.isdecimal() else line for line in lines]

    def wrong(self, value: Any) -> str:
        """Say what is wrong with a value of this field; nothing when all is well."""
        annotation: Any = self.info.annotation
        try:
            _checker(annotation, tuple(self.info.metadata)).validate_python(value)
        except ValidationError as no:
            first = no.errors()[0]
            return sentence(first | {"loc": (self.name,)})
        return ""


@cache
def fields(model: type[BaseModel]) -> dict[str, Shape]:
    """The fields of a part, in the schema's order."""
    return {name: _shape(name, info) for name, info in model.model_fields.items()}


def inside(model: type[BaseModel], value: dict[str, Any]) -> dict[str, Shape]:
    """The fields of a part as it stands; places are numbers under the codes of the year's types."""
    known = fields(model)
    free = value if model.model_config.get("extra") == "allow" else {}
    return known | {name: _number(name) for name in free if name not in known}


def blank(model: type[BaseModel]) -> dict[str, Any]:
    """An empty part."""
    return {name: shape.blank() for name, shape in fields(model).items()}


def shape_at(path: str) -> Shape:
    """The field that stands at a path; the names of items are passed over."""
    keys = iter(path.split("."))
    found = fields(Pack)[next(keys)]
    for key in keys:
        inside = next(keys, None) if found.kind == "rows" else key
        if inside is None:
            return found
        if found.model is None:
            raise KeyError(path)
        known = fields(found.model)
        found = known[inside] if inside in known else _free(found.model, inside)
    return found


def _free(model: type[BaseModel], name: str) -> Shape:
    if model.model_config.get("extra") != "allow":
        raise KeyError(name)
    return _number(name)


def _number(name: str) -> Shape:
    return Shape(name, "whole", False, FieldInfo.from_annotation(Count))


@cache
def _checker(annotation: Any, metadata: tuple[Any, ...]) -> TypeAdapter[Any]:
    return TypeAdapter(Annotated[annotation, *metadata] if metadata else annotation)


def _shape(name: str, info: FieldInfo) -> Shape:
    inner, optional = _without_none(info.annotation)
    if get_origin(inner) is tuple:
        return _list(name, info, _without_none(get_args(inner)[0])[0])
    if get_origin(inner) is Literal:
        return Shape(name, "choice", optional, info, choices=get_args(inner))
    if issubclass(inner, BaseModel):
        return Shape(name, "block", optional, info, model=inner)
    return Shape(name, KINDS[inner], optional, info)


def _list(name: str, info: FieldInfo, inner: Any) -> Shape:
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return Shape(name, "rows", False, info, model=inner)
    if get_origin(inner) is Literal:
        return Shape(name, "choices", False, info, choices=get_args(inner))
    return Shape(name, "lines", False, info, whole=inner is int)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """The kind of value itself, and whether there may be none."""
    if get_origin(annotation) is Annotated:
        return _without_none(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        kept = [one for one in get_args(annotation) if one is not NoneType]
        return _without_none(kept[0])[0], True
    return annotation, False
