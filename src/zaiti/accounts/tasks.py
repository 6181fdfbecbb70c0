"""Mail an invitation to someone who has no account yet: a fixed text, without words of who sends it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.accounts.models import Invitation
from zaiti.clock.jobs import MAIL, job
from zaiti.core.text import one_line, plain
from zaiti.outbox.mailing import send_once


def harmless(name: str) -> str:
    """Leave of a name what can be no address and no link: letters, figures and brackets."""
    return "".join(sign for sign in name if sign.isalnum() or sign in "（）()·")


def _about(invitation: int) -> str:
    row = Invitation.objects.select_related("organisation").get(pk=invitation)
    return f"{row} <{row.email}>"


@job("accounts.mail_invitation", _("Invitation by mail"), queue=MAIL, about=_about)
def mail_invitation(invitation: int) -> None:
    """Send the link, unless the invitation is over by now."""
    row = Invitation.objects.select_related("organisation", "by").get(pk=invitation)
    if not row.is_live(clock.now()):
        return
    link = settings.PUBLIC_URL + reverse("portal:invitation", args=[row.token])
    unit = harmless(row.organisation.name) if row.organisation.confirmed else ""
    text = render_to_string("accounts/mail/invitation.txt", {"invitation": row, "link": link, "unit": unit})
    subject, _line, body = text.strip().partition("\n")
    send_once(f"invitation:{row.pk}", one_line(subject), plain(body).strip(), row.email)
