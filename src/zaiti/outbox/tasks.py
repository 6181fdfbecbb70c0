"""Mail what was posted."""

from django.core.mail import send_mail
from django.db import transaction
from procrastinate.contrib.django import app

from zaiti import clock
from zaiti.outbox.models import Message


@app.task(name="outbox.mail", retry=5)
def mail(message: int) -> None:
    """Send one message by mail, once."""
    with transaction.atomic():
        row = (
            Message.objects.select_for_update(no_key=True, of=("self",)).select_related("to").get(pk=message)
        )
        if row.mailed_at or not row.to.email:
            return
        send_mail(row.subject, row.body, None, [row.to.email])
        row.mailed_at = clock.now()
        row.save(update_fields=["mailed_at"])
