"""What the person chose for the files that wait for their places."""

from collections.abc import Mapping
from dataclasses import replace

from zaiti.applications.models import Application
from zaiti.screening.dropped import Sorted
from zaiti.web.ui.pages import Request


def choices(given: Mapping[str, str], application: Application) -> dict[int, str]:
    """Read the choice beside each file."""
    return {pk: given.get(f"file-{pk}", "") for pk in application.dropped.values_list("pk", flat=True)}


def as_chosen(request: Request, rows: list[Sorted]) -> list[Sorted]:
    """What was chosen on the page that is being drawn anew stays chosen."""
    chosen = {row: request.GET.get(f"file-{row.row.pk}", "") for row in rows}
    return [replace(row, slot=int(slot)) if slot.isdecimal() else row for row, slot in chosen.items()]
