"""Tell people something: one call, any number of readers."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Model
from django.template import Context
from django.template.loader import get_template

from zaiti import clock
from zaiti.clock.jobs import defer
from zaiti.core.text import one_line, plain
from zaiti.outbox.models import Message
from zaiti.outbox.tasks import mail


@transaction.atomic
def notify(
    to: AbstractUser | Iterable[AbstractUser],
    template: str,
    *,
    about: Model | type[Model] | None = None,
    **context: object,
) -> list[Message]:
    """Write the template's message to each reader and let a job mail it; its first line is the subject.

    `about` is the thing, or the kind of thing, whose page the message leads to.
    """
    readers = list(to) if isinstance(to, Iterable) else [to]
    subject, _line, body = _plain_text(template, context).strip().partition("\n")
    messages = [
        Message(
            to_id=reader.pk,
            template=template,
            subject=one_line(subject)[:200],
            body=plain(body).strip(),
            about=about._meta.label_lower if about else "",
            about_id=about.pk if isinstance(about, Model) else None,
            posted_at=clock.now(),
        )
        for reader in readers
    ]
    for reader, message in zip(readers, Message.objects.bulk_create(messages), strict=True):
        if reader.email:
            defer(mail, message=message.pk)
    return messages


def _plain_text(template: str, context: dict[str, object]) -> str:
    """Mails are text, not HTML: nothing is escaped."""
    made: str = get_template(template).template.render(Context(context, autoescape=False))  # type: ignore[attr-defined]  # Django's own engine
    return made
