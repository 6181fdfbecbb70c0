"""The Chinese catalogue: `gather` merges parts and lists what lacks Chinese; `compile` makes the .mo."""

import re
import sys
from ast import literal_eval
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/zaiti"
CATALOGUE = SOURCE / "locale/zh_Hans/LC_MESSAGES/django.po"
CALLS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
LITERAL = r"""(?P<literal>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATES = re.compile(rf"\b(?:gettext|ngettext|_)\(\s*u?{LITERAL}", re.S)


def in_source() -> dict[str, str]:
    """Every msgid of the source, with the file that uses it."""
    return dict(_found())


def _found() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*")):
        name = str(path.relative_to(ROOT))
        if path.suffix == ".py" and "migrations" not in path.parts:
            for _line, message, _comments, _context in extract_from_file("python", path, keywords=CALLS):
                yield (message if isinstance(message, str) else message[0]), name
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            code = templatize(path.read_text(), origin=name)
            for match in IN_TEMPLATES.finditer(code):
                yield literal_eval(match["literal"].replace("\n", "\\n")), name


def catalogue() -> Catalog:
    """Read the Chinese catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def lacking() -> dict[str, str]:
    """Msgids without Chinese, with the file that uses each."""
    known = {_key(message.id) for message in catalogue() if message.id and _whole(message.string)}
    return {message: file for message, file in in_source().items() if message and message not in known}


def gather(parts: list[Path]) -> None:
    """Merge parts into the catalogue; what is there already stays unless a part says otherwise."""
    whole = catalogue() if CATALOGUE.exists() else Catalog(locale="zh_Hans", domain="django")
    for part in parts:
        for message in read_po(BytesIO(part.read_bytes()), locale="zh_Hans"):
            if message.id and _whole(message.string):
                whole.delete(message.id)
                whole.add(message.id, message.string, flags=message.flags)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, whole, sort_output=True, width=0, omit_header=False)
    for message, name in lacking().items():
        print(f"{name}: {message}")


def compile_all() -> None:
    """Make the .mo that Django reads."""
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue())


def _key(msgid: object) -> str:
    return str(msgid[0]) if isinstance(msgid, tuple | list) else str(msgid)


def _whole(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        compile_all()
    else:
        gather([Path(name) for name in sys.argv[2:]])
