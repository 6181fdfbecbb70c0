"""Files as they come in: put where they belong, and read by the pre-check at once."""

from typing import IO

from django.db import transaction

from scancheck import ENGINE_VERSION
from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.actions import upload_material
from zaiti.applications.intake import check_pdf
from zaiti.applications.models import Application, MaterialVersion
from zaiti.applications.rules import may_edit
from zaiti.core import require
from zaiti.files.models import StoredFile
from zaiti.files.store import store
from zaiti.programmes.models import MaterialRequirement
from zaiti.screening.models import ScanReport
from zaiti.screening.scan_reports import read_scan


@transaction.atomic
def put_in_slot(
    application: Application,
    requirement: MaterialRequirement,
    *,
    by: User,
    content: IO[bytes],
    original_name: str,
) -> MaterialVersion:
    """Put a PDF in its slot and have it read."""
    version = upload_material(application, requirement, by=by, content=content, original_name=original_name)
    _ask(version.file, application, version.pages)
    return version


@transaction.atomic
def take_in(
    application: Application, *, by: User, content: IO[bytes], original_name: str
) -> tuple[StoredFile, int]:
    """Keep a PDF that has no slot yet and have it read; give it with its pages."""
    require(may_edit(by, application))
    pages = check_pdf(content, application.call.cycle)
    file = store(content, name=original_name[:255], by=by, original_name=original_name[:255])
    _ask(file, application, pages)
    return file, pages


def _ask(file: StoredFile, application: Application, pages: int) -> None:
    """Queue the reading, unless these bytes were read before by the same engine for the same unit."""
    asked = {"file": file, "asked_at": clock.now(), "pages": pages}
    name = application.organisation.name
    row, new = ScanReport.objects.get_or_create(
        sha256=file.sha256, engine=ENGINE_VERSION, name=name, defaults=asked
    )
    if new:
        read_scan.defer(reading=row.pk)
