"""From a file to a pack, or to the list of what is wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from zaiti.programmes.packs.reading import TWICE, Place, Unreadable, read_yaml
from zaiti.programmes.packs.rules import findings
from zaiti.programmes.packs.schema import Pack
from zaiti.programmes.packs.sentences import sentence

NO_FILE = "打不开这个文件，请核对路径和读取权限。"
NOT_UTF8 = "文件不是 UTF-8 编码，请另存为 UTF-8 后再试。"


@dataclass(frozen=True)
class PackError:
    """One thing wrong with a pack, and where."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class PackInvalid(Exception):  # noqa: N818 - a plain word, like Refused
    """A pack that can't be used, with everything found wrong."""

    def __init__(self, errors: list[PackError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


def load_pack(path: str | Path) -> Pack:
    """Read a pack; raises `PackInvalid` with everything wrong."""
    return read_pack(_bytes(Path(path)), str(path))


def check_pack(path: str | Path) -> list[PackError]:
    """Everything wrong with a pack, in the order of its lines; empty when it is sound."""
    try:
        load_pack(path)
    except PackInvalid as invalid:
        return invalid.errors
    return []


def read_pack(content: bytes, name: str) -> Pack:
    """Read what a pack's file holds; raises `PackInvalid` with everything wrong."""
    try:
        reading = read_yaml(_text(content))
    except Unreadable as bad:
        raise PackInvalid([PackError(name, bad.line, "", bad.message)])
    pack, found = validated(reading.data)
    found += [(place, TWICE.format(key=place[-1])) for place in reading.twice]
    errors = [PackError(name, reading.line(at), dotted(at), message) for at, message in found]
    if pack is None or errors:
        raise PackInvalid(sorted(errors, key=lambda error: error.line))
    return pack


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise PackInvalid([PackError(str(path), 1, "", NO_FILE)])


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(1, NOT_UTF8)


def validated(facts: object) -> tuple[Pack | None, list[tuple[Place, str]]]:
    """The pack that these values make, if they make one, and what is wrong with them, by place."""
    try:
        pack = Pack.model_validate(facts)
    except ValidationError as invalid:
        return None, [(error["loc"], sentence(error)) for error in invalid.errors()]
    return pack, list(findings(pack))


def dotted(place: Place) -> str:
    """A place as people write it: `types[1].rubric.pass_line`."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place).lstrip(".")
