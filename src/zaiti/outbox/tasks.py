"""Mail what was posted."""

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.clock.jobs import MAIL, job
from zaiti.outbox.mailing import send_once
from zaiti.outbox.models import Message


def _about(message: int) -> str:
    """To whom and when; the subject names cases, which are none of the administrator's business."""
    row = Message.objects.select_related("to").get(pk=message)
    return f"{row.to} <{row.to.email}> · {localtime(row.posted_at):%Y-%m-%d %H:%M}"


@job("outbox.mail", _("Mail to an account"), queue=MAIL, about=_about)
def mail(message: int) -> None:
    """Send one message by mail, once."""
    row = Message.objects.select_related("to").get(pk=message)
    if row.mailed_at or not row.to.email:
        return
    send_once(f"message:{row.pk}", row.subject, row.body, row.to.email)
    Message.objects.filter(pk=row.pk).update(mailed_at=clock.now())
