"""Mail to objectors; their addresses never leave this room."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zaiti.clock.jobs import MAIL, job
from zaiti.core.text import one_line, plain
from zaiti.outbox.mailing import send_once
from zaiti.publicity.models import Objection


def _about(objection: int, what: str) -> str:
    """The case alone: who raised it is kept secret."""
    return f"{Objection.objects.get(pk=objection).number} · {what}"


@job("publicity.tell_objector", _("Mail to an objector"), queue=MAIL, about=_about)
def tell_objector(objection: int, what: str) -> None:
    """Mail an objector who gave an address that the case has moved on."""
    row = Objection.objects.get(pk=objection)
    if not row.email:
        return
    address = settings.PUBLIC_URL + reverse("site:objection", args=[row.token])
    facts = {"objection": row, "what": what, "address": address}
    subject, _line, body = render_to_string("publicity/mail/objector.txt", facts).strip().partition("\n")
    send_once(f"objection:{row.pk}:{what}", one_line(subject), plain(body).strip(), row.email)
