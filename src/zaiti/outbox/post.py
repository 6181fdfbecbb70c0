"""Tell people something: one call, any number of readers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.template.loader import render_to_string

from zaiti import clock
from zaiti.outbox.models import Message
from zaiti.outbox.tasks import mail

if TYPE_CHECKING:
    from zaiti.accounts.models import User


@transaction.atomic
def post(to: "User | Iterable[User]", template: str, *, link: str = "", **context: object) -> list[Message]:
    """Write the template's message to each reader and let a job mail it; its first line is the subject."""
    readers = list(to) if isinstance(to, Iterable) else [to]
    subject, _line, body = render_to_string(template, context).strip().partition("\n")
    messages = [
        Message(
            to=reader,
            template=template,
            subject=subject.strip()[:200],
            body=body.strip(),
            link=link,
            posted_at=clock.now(),
        )
        for reader in readers
    ]
    for message in Message.objects.bulk_create(messages):
        if message.to.email:
            mail.defer(message=message.pk)
    return messages
