"""From a pack to its file: one pack is always one text, in the schema's order, for people to read."""

from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import Node
from ruamel.yaml.representer import SafeRepresenter

from zaiti.programmes.packs.schema import Pack

HEADING = """\
# {title}政策包
# 出处标记：N1 = 市级通知，N2 = 区级通知，L = 法律，D = 本系统默认值，其他为文件名称；
# defaults 列出同段中没有写明、由本系统补的字段；sample: true 为样例。

"""
TAG = "tag:yaml.org,2002:"
NO_BREAK = 10**6  # the width at which a line would be broken
SIGNS = ("?", ":", "-")  # which the writer leaves bare and the reader refuses
SHORT = 80  # values together this long or shorter stand on one line


class Row(dict[str, Any]):
    """An item of a list that stands on one line."""


class Line(list[Any]):
    """A list that stands on one line."""


class Representer(SafeRepresenter):
    """Writes days, moments and numbers as packs have them, and keys in their order."""

    def block(self, data: dict[str, Any]) -> Node:
        """One value a line."""
        node: Node = self.represent_mapping(f"{TAG}map", list(data.items()), flow_style=False)
        return node

    def row(self, data: Row) -> Node:
        """{name: 申报表, required: true}."""
        node: Node = self.represent_mapping(f"{TAG}map", list(data.items()), flow_style=True)
        return node

    def line(self, data: Line) -> Node:
        """[24, 30, 33]."""
        node: Node = self.represent_sequence(f"{TAG}seq", data, flow_style=True)
        return node

    def day(self, data: date) -> Node:
        """2025-05-15, or 2024-08-25T18:00:00+08:00."""
        node: Node = self.represent_scalar(f"{TAG}timestamp", data.isoformat())
        return node

    def number(self, data: Decimal) -> Node:
        """0.6."""
        said = f"{data.normalize():f}"
        node: Node = self.represent_scalar(f"{TAG}{'float' if '.' in said else 'int'}", said)
        return node

    def text(self, data: str) -> Node:
        """As it is; in quotes where its first sign would be taken for YAML's own within a line of values."""
        style = "'" if data[:1] in SIGNS and "\n" not in data else None
        node: Node = self.represent_scalar(f"{TAG}str", data, style=style)
        return node

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out where it belongs."""
        return True


Representer.add_representer(dict, Representer.block)
Representer.add_representer(str, Representer.text)
Representer.add_representer(Row, Representer.row)
Representer.add_representer(Line, Representer.line)
Representer.add_representer(date, Representer.day)
Representer.add_representer(datetime, Representer.day)
Representer.add_representer(Decimal, Representer.number)


def write_pack(pack: Pack) -> str:
    """Give the text of the pack's file."""
    yaml, out = YAML(typ="safe", pure=True), StringIO()
    yaml.Representer = Representer
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, NO_BREAK
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(_laid_out(pack.model_dump(exclude_defaults=True)), out)
    return HEADING.format(title=pack.title) + out.getvalue()


def _laid_out(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _laid_out(inner) for key, inner in value.items()}
    if not isinstance(value, list | tuple):
        return value
    inside = [_laid_out(item) for item in value]
    if all(map(_is_short, inside)):
        return [Row(item) for item in inside]
    return inside if any(isinstance(item, dict) for item in inside) else Line(inside)


def _is_short(item: Any) -> bool:
    if not isinstance(item, dict) or any(isinstance(inner, dict | list) for inner in item.values()):
        return False
    return sum(len(str(inner)) for inner in item.values()) <= SHORT
