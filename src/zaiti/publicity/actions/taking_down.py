"""Taking a published text down (撤下) when its period is over or a newer one replaced it."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.core import Refused, require
from zaiti.core.folding import fold
from zaiti.core.text import needed
from zaiti.ledger.chain import record
from zaiti.notices.models import Amendment, Publication
from zaiti.notices.rules import may_decide
from zaiti.papers.models import Paper
from zaiti.publicity.queries import is_over, posting_of


@transaction.atomic
def take_down(text: Publication, *, by: User, reason: str) -> None:
    """Take a text, and those it replaced, out of public; title, dates and the reason stay."""
    require(may_decide(by, text.authority))
    reason = needed(reason, _("Say why the text is taken down; the reason is published."))
    rows = _held(text.and_earlier())
    _check(text, rows, reason)
    _hide_all(rows, by, reason)
    text.refresh_from_db()


@transaction.atomic
def take_down_with_its_year(text: Publication, *, by: User, reason: str) -> None:
    """Take a call's text down, and what was added to it, for its abandoned year; the caller asks who may."""
    reason = needed(reason, _("Say why the text is taken down; the reason is published."))
    added = Publication.objects.filter(amends__in=text.and_earlier())
    _hide_all(_held([*text.and_earlier(), *added]), by, reason)


def _hide_all(rows: list[Publication], by: User, reason: str) -> None:
    for row in rows:
        if row.taken_down_at is None:
            _hide(row, by, reason)
            record("take_down", row, by=by, reason=row.taken_down_reason)


def _held(texts: list[Publication]) -> list[Publication]:
    rows = Publication.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    return list(rows.filter(pk__in=[text.pk for text in texts]).select_related("paper"))


def _check(text: Publication, rows: list[Publication], reason: str) -> None:
    if not is_over(text):
        raise Refused(_("A text is taken down when its posting is over or a newer text has replaced it."))
    if all(row.taken_down_at for row in rows):
        raise Refused(_("This text has been taken down already."))
    for name in filter(None, _names(text)):
        if fold(name) in fold(reason):
            raise Refused(_("The reason is published and names %(name)s: say it without.") % {"name": name})


def _names(text: Publication) -> Iterator[str]:
    """Who stood in it."""
    posting = posting_of(text)
    for row in posting.names.all() if posting else ():
        yield from (row.unit, row.carrier_name)


def _hide(text: Publication, by: User, reason: str) -> None:
    text.taken_down_at, text.taken_down_by, text.taken_down_reason = clock.now(), by, reason
    text.save(update_fields=["taken_down_at", "taken_down_by", "taken_down_reason"])
    quoting = Amendment.objects.filter(publication=text, kind=Amendment.Kind.CORRECTION)
    papers = Q(pk=text.paper_id) | Q(pk__in=quoting.values("published__paper"))
    Paper.objects.filter(papers).update(public=False)
