"""Extension and correction of what is published: prepared by one, published by another, with a paper."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Post, User
from zaiti.core import Refused, require
from zaiti.core.text import needed, one_line
from zaiti.countersigned.actions import approve, prepare, send_back
from zaiti.countersigned.queries import to_approve, to_mend
from zaiti.countersigned.rules import may_approve
from zaiti.ledger.chain import record
from zaiti.notices.actions.texts import Details, publish_text
from zaiti.notices.amending import (
    alterations,
    correction_body,
    extension_body,
    paper_facts,
    paper_kind,
    paper_title,
    touches_tables,
)
from zaiti.notices.concerned import everyone
from zaiti.notices.models import Amendment, Call, Publication
from zaiti.notices.queries import origin
from zaiti.notices.rules import may_amend
from zaiti.outbox.notify import notify
from zaiti.papers.actions import issue
from zaiti.papers.models import Paper
from zaiti.programmes.queries import officials


@transaction.atomic
def prepare_extension(call: Call, *, by: User, closes_at: datetime, reason: str) -> Amendment:
    """Put a later closing time, for everyone, before the approver."""
    require(may_amend(by, call.authority))
    reason = needed(reason, _("Say why the time is extended; it is published."))
    call.refresh_from_db(from_queryset=Call.objects.select_for_update(no_key=True))
    if call.publication is None:
        raise Refused(_("Only a published call can be extended; change the draft instead."))
    _later(closes_at, call.closes_at)
    made = _to_write(call.publication, Amendment.Kind.EXTENSION)
    made.old_closes_at, made.closes_at, made.reason = call.closes_at, closes_at, reason
    made.save()
    prepare(made, by=by, old=call.closes_at, new=closes_at, reason=reason)
    _tell_approvers(made)
    return made


@transaction.atomic
def prepare_correction(
    publication: Publication, *, by: User, title: str, body: str, reason: str
) -> Amendment:
    """Put a corrected version of a text before the approver; the one that is out stands until then."""
    require(may_amend(by, publication.authority))
    reason = needed(reason, _("Say what is corrected and why; it is published with the correction."))
    made = _to_write(publication, Amendment.Kind.CORRECTION)
    made.title, made.body, made.reason = one_line(title), body.strip(), reason
    made.save()
    _check_correction(made)
    prepare(made, by=by, reason=reason)
    _tell_approvers(made)
    return made


@transaction.atomic
def send_back_amendment(amendment: Amendment, *, by: User, reason: str) -> None:
    """Give a prepared change back; what is published stays as it is."""
    send_back(amendment, by=by, reason=reason)
    readers = to_mend(amendment)
    notify(readers, "notices/mail/amendment_sent_back.txt", about=amendment, amendment=amendment)


@transaction.atomic
def publish_amendment(amendment: Amendment, *, by: User) -> Publication:
    """Publish the change under a number of its own, and tell everyone concerned."""
    require(may_approve(by, amendment))
    held = _hold(amendment.publication, amendment.kind)
    approve(amendment, by=by)
    if amendment.kind == Amendment.Kind.EXTENSION:
        _extend(amendment, by)
    paper = _paper(amendment, by)
    amendment.published = _publish(amendment, paper, by)
    amendment.save(update_fields=["published"])
    readers = {*to_mend(amendment), *_city_of(held), *everyone(held)}
    facts = {"amendment": amendment, "paper": paper, "changes": alterations(amendment)}
    told = sorted(readers, key=lambda one: one.pk)
    notify(told, "notices/mail/amended.txt", about=amendment.published, **facts)
    return amendment.published


def _later(closes_at: datetime, old: datetime) -> None:
    if closes_at <= old or closes_at <= clock.now():
        raise Refused(_("The new closing time must be later than the old one and than this moment."))


def _hold(publication: Publication, kind: str) -> Publication:
    """Hold a text, so that two changes of it come one after the other; a text replaced is not corrected."""
    held = Publication.objects.select_for_update(no_key=True, of=("self",)).get(pk=publication.pk)
    if held.taken_down_at:
        raise Refused(_("This text was taken down; a change would publish it again."))
    if kind == Amendment.Kind.CORRECTION and Publication.objects.filter(replaces=held).exists():
        raise Refused(_("This text has already been replaced by a newer one; correct that one."))
    return held


def _to_write(publication: Publication, kind: str) -> Amendment:
    """The change that was sent back, to be prepared anew, or a new one."""
    held = _hold(publication, kind)
    if held.changes.filter(state=Amendment.State.PREPARED).exists():
        raise Refused(
            _("A change of this text waits for approval already; it must be approved or sent back first.")
        )
    back = held.changes.filter(kind=kind, state=Amendment.State.SENT_BACK).first()
    return back or Amendment(publication=held, kind=kind, made_at=clock.now())


def _extend(amendment: Amendment, by: User) -> None:
    call = Call.objects.select_for_update(no_key=True).get(publication=amendment.publication)
    if amendment.closes_at is None or call.closes_at != amendment.old_closes_at:
        raise Refused(_("The closing time has changed meanwhile; send this back to be prepared anew."))
    _later(amendment.closes_at, call.closes_at)
    call.closes_at = amendment.closes_at
    call.save(update_fields=["closes_at"])
    facts = {"old": amendment.old_closes_at, "new": amendment.closes_at, "reason": amendment.reason}
    record("extend", call, by=by, **facts)


def _paper(amendment: Amendment, by: User) -> Paper:
    return issue(
        paper_kind(amendment),
        by=by,
        authority=amendment.bureau(),
        title=paper_title(amendment),
        facts=paper_facts(amendment),
        public=True,
    )


def _publish(amendment: Amendment, paper: Paper, by: User) -> Publication:
    old = amendment.publication
    facts: Details = {"cycle": old.cycle, "keywords": old.keywords, "category": old.category}
    facts |= {"doc_number": paper.number, "paper": paper}
    if amendment.kind == Amendment.Kind.EXTENSION:
        kind, title, body = Publication.Kind.EXTENSION, paper.title, extension_body(amendment)
        facts["amends"] = old
    else:
        kind, title, body = (
            Publication.Kind.CORRECTION,
            amendment.title,
            correction_body(amendment, paper.number),
        )
        facts["replaces"] = old
    return publish_text(kind, by=by, authority=amendment.bureau(), title=title, body=body, **facts)


def _check_correction(made: Amendment) -> None:
    if not alterations(made):
        raise Refused(_("Nothing is changed: correct the title or the text first."))
    if origin(made.publication).kind == Publication.Kind.POSTING and touches_tables(made):
        raise Refused(
            _("Correct the list of names on the posting's own page: for names that change days begin anew.")
        )


def _tell_approvers(amendment: Amendment) -> None:
    facts = {"amendment": amendment, "changes": alterations(amendment)}
    notify(to_approve(amendment), "notices/mail/amendment_prepared.txt", about=amendment, **facts)


def _city_of(text: Publication) -> list[User]:
    city = text.authority.city
    return officials(city, Post.Role.OFFICER) if city else []
