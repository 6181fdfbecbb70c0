"""Mail to objectors; their addresses never leave this room."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from procrastinate.contrib.django import app

from zaiti.core.text import one_line, plain
from zaiti.publicity.models import Objection


@app.task(name="publicity.tell_objector", retry=5)
def tell_objector(objection: int, what: str) -> None:
    """Mail an objector who gave an address that the case has moved on."""
    row = Objection.objects.get(pk=objection)
    if not row.email:
        return
    facts = {"objection": row, "what": what, "address": f"{settings.PUBLIC_URL}/objections/{row.token}/"}
    subject, _line, body = render_to_string("publicity/mail/objector.txt", facts).strip().partition("\n")
    send_mail(one_line(subject), plain(body).strip(), None, [row.email])
