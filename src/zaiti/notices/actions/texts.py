"""Publish a text with its disclosure metadata."""

from collections.abc import Iterable
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.core import Refused, require
from zaiti.core.text import one_line, plain
from zaiti.files.models import StoredFile
from zaiti.ledger.chain import record
from zaiti.notices.models import Publication
from zaiti.notices.rules import may_publish
from zaiti.papers.models import Paper
from zaiti.papers.numbers import next_number
from zaiti.programmes.models import Cycle


class Details(TypedDict, total=False):
    """What may be said of a published text beside title and body."""

    cycle: Cycle | None
    keywords: str
    category: str
    doc_number: str
    index_number: str | None
    replaces: Publication | None
    amends: Publication | None
    paper: Paper | None
    attachments: Iterable[StoredFile]


@transaction.atomic
def publish_text(
    kind: str, *, by: User, authority: Authority, title: str, body: str, **details: Unpack[Details]
) -> Publication:
    """Publish one text under the bureau's next index number."""
    require(may_publish(by, authority))
    attachments = details.pop("attachments", ())
    index_number = details.pop("index_number", None)
    _not_replaced_yet(details.get("replaces"))
    publication = Publication.objects.create(
        kind=kind,
        by=by,
        authority=authority,
        title=one_line(title),
        body=plain(body),
        made_on=clock.today(),
        published_at=clock.now(),
        index_number=next_index_number(authority) if index_number is None else index_number,
        **details,
    )
    publication.attachments.set(attachments)
    record("publish_text", publication, by=by, kind=kind, index_number=publication.index_number)
    return publication


def next_index_number(authority: Authority) -> str:
    """The bureau's next index number: `{credit code}/{year}-{5 digits}` [N2]; none without its code."""
    if not authority.uscc:
        return ""
    year = clock.today().year
    given = f"{authority.uscc}/{year}-{next_number(f'index:{authority.pk}:{year}'):05d}"
    written = Publication.objects.filter(index_number=given).exists()
    return next_index_number(authority) if written else given


def _not_replaced_yet(replaced: Publication | None) -> None:
    if replaced is None:
        return
    now = Publication.objects.select_for_update(no_key=True).get(pk=replaced.pk)
    if now.taken_down_at:
        raise Refused(_("This text was taken down; a change would publish it again."))
    if Publication.objects.filter(replaces=replaced).exists():
        raise Refused(_("This text has already been replaced by a newer one; correct that one."))
