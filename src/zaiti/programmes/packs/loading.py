"""From a file to a pack, or to the list of what is wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from zaiti.programmes.packs.reading import TWICE, Place, Reading, Unreadable, read_yaml
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
    pack, errors = _read(path)
    if pack is None or errors:
        raise PackInvalid(errors)
    return pack


def check_pack(path: str | Path) -> list[PackError]:
    """Everything wrong with a pack, in the order of its lines; empty when it is sound."""
    return _read(path)[1]


def _read(path: str | Path) -> tuple[Pack | None, list[PackError]]:
    try:
        reading = read_yaml(_text(Path(path)))
    except Unreadable as bad:
        return None, [PackError(str(path), bad.line, "", bad.message)]
    pack, found = _validated(reading)
    found += [(place, TWICE.format(key=place[-1])) for place in reading.twice]
    errors = [PackError(str(path), reading.line(at), dotted(at), message) for at, message in found]
    return pack, sorted(errors, key=lambda error: error.line)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(1, NOT_UTF8)
    except OSError:
        raise Unreadable(1, NO_FILE)


def _validated(reading: Reading) -> tuple[Pack | None, list[tuple[Place, str]]]:
    try:
        pack = Pack.model_validate(reading.data)
    except ValidationError as invalid:
        return None, [(error["loc"], sentence(error)) for error in invalid.errors()]
    return pack, list(findings(pack))


def dotted(place: Place) -> str:
    """A place as people write it: `types[1].rubric.pass_line`."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place).lstrip(".")
