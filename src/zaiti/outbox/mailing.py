"""Hand a mail to the mail server: once, and without a transaction while the server takes its time."""

import re
import time
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, connection
from django.utils.crypto import salted_hmac

from zaiti import clock
from zaiti.clock.jobs import Final, alone
from zaiti.clock.models import Trouble
from zaiti.outbox.models import Mailed

WAITS = (0, 1, 2, 4, 8, 16)  # seconds for a database that went away while the mail was under way


class NoSuchAddress(Final):
    """The mail server refuses this address, or this mail to it, for good."""

    trouble = Trouble.Kind.NO_SUCH_ADDRESS


class NotNow(Exception):  # noqa: N818 - a word of the house, like Refused
    """The mail server refuses this mail for now."""

    trouble = Trouble.Kind.TURNED_DOWN


def send_once(key: str, subject: str, body: str, address: str) -> None:
    """Mail this once, whoever asks and however often; `key` tells one mail from another."""
    with alone(f"mail:{key}"):
        if not Mailed.objects.filter(key=key).exists():
            _send(key, subject, body, address)
            _note(key)


def _send(key: str, subject: str, body: str, address: str) -> None:
    made = EmailMessage(subject, body, None, [address], headers={"Message-ID": _message_id(key)})
    try:
        made.send()
    except SMTPRecipientsRefused as failure:
        [(code, said)] = failure.recipients.values()
        raise _refusal(code, said) from None  # it names the address, which may be an objector's
    except SMTPResponseException as failure:
        if isinstance(failure, SMTPDataError):
            raise _refusal(failure.smtp_code, failure.smtp_error) from None
        raise NotNow(f"{failure.smtp_code} {_plain(failure.smtp_error)}") from None


def _message_id(key: str) -> str:
    """The same for the same mail: a crash between sending and noting it lets mail servers see the double."""
    return f"<{salted_hmac('zaiti.outbox', key).hexdigest()}@{urlsplit(settings.PUBLIC_URL).hostname}>"


def _refusal(code: int, said: str | bytes) -> Exception:
    """For good (5xx) or for now; without the address."""
    kind = NoSuchAddress if 500 <= code < 600 else NotNow
    return kind(f"{code} {_plain(said)}")


def _plain(said: str | bytes) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return re.sub(r"\S+@\S+", "…", text)


def _note(key: str) -> None:
    """Keep that it went, also when the database has to come back first."""
    for wait in WAITS:
        time.sleep(wait)
        try:
            Mailed.objects.create(key=key, at=clock.now())
            return
        except (OperationalError, InterfaceError):
            connection.close()
            if wait == WAITS[-1]:
                raise
