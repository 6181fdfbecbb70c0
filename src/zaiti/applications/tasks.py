"""What is made outside the request in this room."""

from tempfile import TemporaryFile
from typing import IO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zaiti.applications.binding import CannotBind, bind_into
from zaiti.applications.models import BoundCopy
from zaiti.clock.jobs import alone, job
from zaiti.files.store import LETTERS, store


def _about(copy: int) -> str:
    return str(BoundCopy.objects.select_related("submission").get(pk=copy))


@job("applications.bind", _("Bound copy of an application"), about=_about)
def bind(copy: int) -> None:
    """Bind one copy, once; no transaction is open meanwhile."""
    with alone(f"bound copy:{copy}"):
        row = BoundCopy.objects.select_related(
            "submission__application__organisation",
            "submission__application__carrier_type",
            "submission__application__call__cycle",
        ).get(pk=copy)
        if row.waiting:
            _bind(row)


def _bind(row: BoundCopy) -> None:
    def tell(laid: int) -> None:
        if laid:
            BoundCopy.objects.filter(pk=row.pk).update(done=laid)

    try:
        with TemporaryFile() as content:
            bind_into(content, row, tell)
            _keep(row, content)
    except CannotBind as why:
        BoundCopy.objects.filter(pk=row.pk).update(broken=str(why) or "—")


@transaction.atomic
def _keep(row: BoundCopy, content: IO[bytes]) -> None:
    unit = row.submission.application.organisation.name
    row.file = store(content, name=f"{unit}.pdf", by=None, spare=LETTERS)  # named after the unit [N2]
    row.done = row.pages
    row.save(update_fields=["file", "done"])
