"""PDFs made of what people have: photos and Word files by a job, one of several parts at once."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, BinaryIO, cast

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from scancheck.binding import Made, bound, joined, office, printed
from scancheck.intake import kind
from scancheck.words import say
from zaiti.applications.intake import bounds, check_pdf
from zaiti.applications.models import DroppedFile
from zaiti.clock.jobs import SCANS, job
from zaiti.core import Refused
from zaiti.files.models import StoredFile
from zaiti.files.store import store
from zaiti.programmes.models import Cycle

ENDS = {b"PK\x03\x04": ".docx", b"\xd0\xcf\x11\xe0": ".doc"}
LONGEST = DroppedFile._meta.get_field("problem").max_length


def _about(row: int) -> str:
    return str(DroppedFile.objects.select_related("file").filter(pk=row).first() or row)


@job(
    "screening.make_pdf",
    gettext_lazy("A picture or Word file to be made into PDF"),
    queue=SCANS,
    about=_about,
)
def make_pdf(row: int) -> None:
    """Make a PDF of a file that waits, once; what can't be made says why."""
    waiting = DroppedFile.objects.select_related("file", "application__call__cycle").filter(pk=row).first()
    if waiting is None or not waiting.being_made:
        return
    cycle = waiting.application.call.cycle
    try:
        made = _made(waiting.file, cycle)
        pages = check_pdf(BytesIO(made), cycle)
    except Refused as no:
        DroppedFile.objects.filter(pk=row, pages=0).update(problem=str(no.message)[:LONGEST])
    else:
        _keep(row, made, pages)


def _made(file: StoredFile, cycle: Cycle) -> bytes:
    with file.content.open("rb") as content:
        content.fileno()  # one that is stored elsewhere is brought to disk here
        content.flush()
        word = kind(cast(BinaryIO, content), file.size) == "word"
        made, problem = _print(content) if word else _bind(cast(BinaryIO, content), cycle)
    if problem:
        raise Refused(say(problem, get_language() or "zh"))
    return made


def _bind(content: BinaryIO, cycle: Cycle) -> Made:
    return bound(content, bounds(cycle), for_office=True)


def _print(content: IO[bytes]) -> Made:
    if not office():  # it was there when the file came
        return b"", "word_unprinted"
    content.seek(0)
    end = ENDS.get(content.read(4), ".rtf")
    content.seek(0)
    with TemporaryDirectory() as folder, (path := Path(folder) / f"a{end}").open("wb") as copy:
        shutil.copyfileobj(content, copy)
        copy.flush()
        return printed(path)


@transaction.atomic
def _keep(row: int, made: bytes, pages: int) -> None:
    """Put the PDF in the place of the file it was made of, which stays beside it."""
    waits = DroppedFile.objects.select_for_update(no_key=True, of=("self",)).select_related("file__by")
    waiting = waits.filter(pk=row, pages=0, original=None).first()
    if waiting is None:  # let go, or made, meanwhile
        return
    waiting.original, name = waiting.file, waiting.file.original_name
    waiting.file = store(BytesIO(made), name=name, by=waiting.file.by, original_name=name)
    waiting.pages = pages
    waiting.save(update_fields=["file", "original", "pages"])


@contextmanager
def join(files: Sequence[StoredFile], cycle: Cycle) -> Iterator[IO[bytes]]:
    """Give one PDF of several, in their order; one alone stays as it is, with what is signed in it."""
    if len(files) == 1:
        with files[0].content.open("rb") as content:
            yield content
        return
    with TemporaryFile() as whole:
        for file in files:
            with file.content.open("rb") as content:
                shutil.copyfileobj(content, whole)
        whole.flush()
        made, problem = joined(cast(BinaryIO, whole), [file.size for file in files], bounds(cycle))
    if problem:
        raise Refused(
            _("Together these files are too large to be one file; please make the pictures smaller or fewer.")
        )
    yield BytesIO(made)
