"""The bound copy (装订册): cover, contents and every material in its order, numbered through, as one PDF."""

from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from django.utils.timezone import localtime
from pypdfium2 import PdfDocument

from scancheck.profile import STANDARD
from scancheck.sandbox import Died, Sandbox
from zaiti.applications.models import BoundCopy, MaterialVersion, Submission
from zaiti.files.models import StoredFile
from zaiti.papers.codes import code_of
from zaiti.papers.typst import draft, render_pdf

TITLE = "申报材料"
STEP_SECONDS = 20.0  # of processor time, between two words of the sandbox
_SANDBOX = Sandbox("zaiti.applications.volume")


class CannotBind(Exception):  # noqa: N818 - a word of the house, like Refused
    """A material cannot be read as a PDF; its name is the message."""


@dataclass(frozen=True)
class Part:
    """One material as the receipt lists it, and its file."""

    name: str
    pages: int
    file: StoredFile


@dataclass(frozen=True)
class Gathered:
    """Where each material lies in the one temporary file, and how its pages lie."""

    places: list[tuple[int, int]]
    lying: list[list[bool]]


def parts(submission: Submission) -> list[Part]:
    """The materials of a receipt in its order."""
    versions = MaterialVersion.objects.filter(material__application=submission.application_id)
    files = {row.file.sha256: row.file for row in versions.select_related("file")}
    return [Part(row["material"], row["pages"], files[row["sha256"]]) for row in submission.files]


def bind_into(made: IO[bytes], copy: BoundCopy, tell: Callable[[int], None]) -> None:
    """Write the volume; `tell` hears how many pages are laid. Raises CannotBind."""
    listed = parts(copy.submission)
    with TemporaryFile() as content:
        gathered = _gather(listed, content)
        sheets, first = _sheets(copy.submission, listed, gathered.lying)
        place = content.seek(0, 2), content.write(sheets)
        content.flush()
        facts = {"sheets": place, "materials": gathered.places, "first": first}
        for told in _run("bind", content, **facts):
            tell(told.get("laid", 0))
            made.write(b64decode(told.get("piece", "")))


def _gather(listed: list[Part], content: BinaryIO) -> Gathered:
    places = []
    for part in listed:
        start = content.tell()
        with part.file.content.open("rb") as one:
            copyfileobj(one, content)
        places.append((start, content.tell() - start))
    content.flush()
    lying: list[list[bool]] = []
    try:
        lying.extend(_run("measure", content, materials=places))
    except CannotBind as why:
        raise CannotBind(listed[len(lying)].name) from why
    return Gathered(places, lying)


def _run(job: str, content: BinaryIO, **facts: Any) -> Iterator[Any]:
    size = content.seek(0, 2)
    try:
        yield from _SANDBOX.run(
            job, content, step_seconds=STEP_SECONDS, memory_bytes=STANDARD.memory_bytes + size, **facts
        )
    except Died as death:
        raise CannotBind from death


def _sheets(submission: Submission, listed: list[Part], lying: list[list[bool]]) -> tuple[bytes, list[int]]:
    """Cover, contents, a divider before each material and a sheet for each page; where each begins."""
    application = submission.application
    facts = {
        "unit": application.organisation.name,
        "uscc": application.organisation.uscc,
        "type": application.carrier_type.name,
        "carrier": application.carrier_name,
        "number": application.number,
        "receipt": submission.number,
        "arrived": localtime(submission.arrived_at).isoformat(),
        "code": code_of(submission.number.upper()),
        "parts": [{"name": part.name, "lying": lies} for part, lies in zip(listed, lying, strict=True)],
    }
    title = f"{application.call.cycle.year}年度{application.call.cycle.recognised}{TITLE}"
    template = "applications/papers/volume.typ"
    made = render_pdf(draft(template, title=title, facts=facts, authority=application.authority))
    return made, _first(made, lying)


def _first(made: bytes, lying: list[list[bool]]) -> list[int]:
    """The index of each material's first sheet: dividers and sheets are the last pages."""
    from_end = len(PdfDocument(made)) - sum(1 + len(lies) for lies in lying)
    first = []
    for lies in lying:
        first.append(from_end + 1)
        from_end += 1 + len(lies)
    return first
