"""Files as they come in: put where they belong, and read by the pre-check at once."""

from collections.abc import Sequence
from typing import IO

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from scancheck import ENGINE_VERSION
from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.actions import keep_dropped, take_dropped, take_parts, upload_material
from zaiti.applications.models import Application, DroppedFile, MaterialVersion
from zaiti.clock.jobs import defer
from zaiti.core import require
from zaiti.files.models import StoredFile
from zaiti.programmes.models import MaterialRequirement
from zaiti.screening.making import join, make_pdf
from zaiti.screening.models import ScanReport
from zaiti.screening.scan_reports import read_scan

# Whose scans an officer or the applicant still looks at; how many are asked for at a time.
STILL_READ = (Application.State.DRAFT, Application.State.SUBMITTED, Application.State.RETURNED)
MOST_ANEW = 200


@transaction.atomic
def put_in_slot(
    application: Application,
    requirement: MaterialRequirement,
    *,
    by: User,
    content: IO[bytes],
    original_name: str,
    originals: Sequence[StoredFile] = (),
) -> MaterialVersion:
    """Put a PDF in its slot and have it read."""
    name = original_name
    version = upload_material(
        application, requirement, by=by, content=content, original_name=name, originals=originals
    )
    have_read(version.file, application.organisation.name, version.pages)
    return version


@transaction.atomic
def take_in(
    application: Application,
    *,
    by: User,
    content: IO[bytes],
    original_name: str,
    requirement: MaterialRequirement | None = None,
) -> DroppedFile:
    """Keep a file that waits: a PDF is read, of anything else a PDF is made."""
    name = original_name
    row = keep_dropped(application, by=by, content=content, original_name=name, requirement=requirement)
    if row.being_made:
        defer(make_pdf, row=row.pk)
    elif row.pages and requirement is None:
        have_read(row.file, application.organisation.name, row.pages)
    return row


@transaction.atomic
def place_dropped(
    application: Application, pk: int, requirement: MaterialRequirement, *, by: User
) -> MaterialVersion:
    """Put a file that waits in its slot."""
    row = take_dropped(application, pk, by=by)
    file, name = row.file, row.file.original_name
    kept = [row.original] if row.original else []
    with file.content.open("rb") as content:
        return put_in_slot(
            application, requirement, by=by, content=content, original_name=name, originals=kept
        )


@transaction.atomic
def join_parts(application: Application, requirement: MaterialRequirement, *, by: User) -> MaterialVersion:
    """Make one file of the parts of a material, in their order, and put it in its slot."""
    rows = take_parts(application, requirement, by=by)
    files = [row.file for row in rows if row.pages]
    kept = [row.original or row.file for row in rows] if rows[0].original or len(rows) > 1 else []
    name = _(", ").join(map(str, rows))
    with join(files, application.call.cycle) as content:
        return put_in_slot(
            application, requirement, by=by, content=content, original_name=name, originals=kept
        )


def have_read(file: StoredFile, name: str, pages: int) -> None:
    """Queue the reading, unless these bytes were read before by the same engine for the same unit."""
    asked = {"file": file, "asked_at": clock.now(), "pages": pages}
    row, new = ScanReport.objects.get_or_create(
        sha256=file.sha256, engine=ENGINE_VERSION, name=name, defaults=asked
    )
    if new:
        defer(read_scan, reading=row.pk)


@transaction.atomic
def read_anew(*, by: User | None = None) -> None:
    """Have read what this engine has not read for the unit as it is named today: either may have changed."""
    require(by is None)
    newest = MaterialVersion.objects.filter(material=OuterRef("material"), removed_at=None)
    read = ScanReport.objects.filter(
        sha256=OuterRef("file__sha256"),
        engine=ENGINE_VERSION,
        name=OuterRef("material__application__organisation__name"),
    )
    versions = MaterialVersion.objects.filter(
        ~Exists(read),
        pk=Subquery(newest.order_by("-number").values("pk")[:1]),
        material__application__state__in=STILL_READ,
    )
    rows = versions.select_related("file", "material__application__organisation").order_by("-pk")
    for version in rows[:MOST_ANEW]:
        have_read(version.file, version.material.application.organisation.name, version.pages)
