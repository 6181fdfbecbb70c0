"""Reading YAML so that every value knows its line."""

from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

Place = tuple[str | int, ...]
Around = tuple[Node, ...]
BROKEN = "YAML 写法有误，请检查缩进、冒号后的空格和引号是否成对（{problem}）。"
TWICE = "“{key}”在同一段里写了两次，请只留一处。"
LINKED_TO_ITSELF = "“*”引用了包含它自己的段落，请把内容直接写出来。"
TOO_MUCH = "文件的内容过多或者套得过深，不像一份政策包，请按样例政策包填写。"
MOST = 50_000  # values, those that “*” repeats counted each time
NOT_A_PACK = "文件里没有内容，或最外层不是“字段: 值”的形式，请按样例政策包填写。"


class Unreadable(Exception):  # noqa: N818 - a plain word, like Refused
    """The text is no YAML mapping; says where and why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


@dataclass
class Reading:
    """Plain values, the line of each place, and keys written twice."""

    data: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    twice: list[Place] = field(default_factory=list)
    values: int = 0

    def line(self, place: Place) -> int:
        """The line of this place, or of the nearest place around it that was written."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(text: str) -> Reading:
    """Read a YAML mapping, with lines."""
    try:
        return _read(text)
    except RecursionError:
        raise Unreadable(1, TOO_MUCH)


def _read(text: str) -> Reading:
    try:
        node = YAML().compose(text)
    except MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        raise Unreadable(mark.line + 1 if mark else 1, BROKEN.format(problem=broken.problem))
    except YAMLError as broken:
        raise Unreadable(1, BROKEN.format(problem=str(broken).splitlines()[0]))
    if not isinstance(node, MappingNode):
        raise Unreadable(1, NOT_A_PACK)
    reading = Reading()
    reading.data = _value(node, (), (), reading)
    return reading


def _value(node: Node, place: Place, around: Around, reading: Reading) -> object:
    if any(node is outer for outer in around):
        raise Unreadable(node.start_mark.line + 1, LINKED_TO_ITSELF)
    reading.values += 1
    if reading.values > MOST:
        raise Unreadable(node.start_mark.line + 1, TOO_MUCH)
    reading.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _mapping(node, place, (*around, node), reading)
    if isinstance(node, SequenceNode):
        within = (*around, node)
        return [_value(item, (*place, at), within, reading) for at, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(
    node: MappingNode, place: Place, around: tuple[Node, ...], reading: Reading
) -> dict[str, object]:
    values: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in values:
            reading.twice.append((*place, key))
        reading.lines[(*place, key)] = key_node.start_mark.line + 1
        values[key] = _value(value_node, (*place, key), around, reading)
    return values


def _scalar(node: Node) -> object:
    kind = str(node.tag).rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return node.value.lower() == "true"
    if kind == "int" and node.value.lstrip("+-").isdecimal():
        return int(node.value)
    return str(node.value)
