"""What a PDF carries beside its pages: encryption, scripts, launch actions, attachments."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pikepdf

MAX_DEPTH = 12


def carried(pdf: pikepdf.Pdf, max_objects: int) -> dict[str, Any]:
    """List what the file carries: {"javascript": bool, "launch": bool, "embedded_files": [name]}."""
    found: dict[str, Any] = {"javascript": False, "launch": False, "embedded_files": []}
    for thing in islice(_dictionaries(pdf), max_objects):
        _note(thing, found)
    found["embedded_files"] = sorted(set(found["embedded_files"]))
    return found


def dynamic_form(pdf: pikepdf.Pdf) -> bool:
    """Whether the pages are only made when an XFA form is opened: most readers show "please wait" instead."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary) or "/XFA" not in form:
        return False
    return bool(pdf.Root.get("/NeedsRendering", False)) or not form.get("/Fields")


def _note(thing: pikepdf.Object, found: dict[str, Any]) -> None:
    """Mark what one dictionary is, by its action type and its keys."""
    action = str(thing.get("/S", ""))
    if action == "/JavaScript" or "/JS" in thing:
        found["javascript"] = True
    if action in ("/Launch", "/ImportData"):
        found["launch"] = True
    if "/EF" in thing:
        found["embedded_files"].append(_file_name(thing))


def _file_name(specification: pikepdf.Object) -> str:
    name = specification.get("/UF", specification.get("/F", ""))
    return str(name)[:200]


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary in the file, nested ones too; indirect references aren't followed twice."""
    for thing in pdf.objects:
        yield from _within(thing, 0)


def _within(thing: Any, depth: int) -> Iterator[pikepdf.Object]:
    if depth > MAX_DEPTH:
        return
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        yield thing
        values: Any = [thing[key] for key in thing.keys()]  # noqa: SIM118 (a stream iterates otherwise)
    elif isinstance(thing, pikepdf.Array):
        values = list(thing)
    else:
        return
    for value in values:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _within(value, depth + 1)
