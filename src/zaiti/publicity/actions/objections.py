"""Real-name objections: received, looked into, answered by two persons; who objects goes nowhere else."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Unpack

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Post, User
from zaiti.accounts.queries import holders
from zaiti.clock.jobs import defer
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.countersigned.actions import approve, prepare, send_back
from zaiti.countersigned.queries import to_approve, to_mend
from zaiti.countersigned.rules import may_approve, may_prepare
from zaiti.drafts.merging import Seen, merge_all
from zaiti.files.evidence import check_all, keep
from zaiti.files.store import ANYBODY
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.outbox.notify import notify
from zaiti.papers.actions import issue
from zaiti.papers.kinds import Kind
from zaiti.papers.models import Paper
from zaiti.papers.numbers import letters, next_number
from zaiti.publicity.actions.postings import clear_ended, held
from zaiti.publicity.models import Objection, Posting
from zaiti.publicity.notify import tell_objector
from zaiti.publicity.objector import Objector, checked
from zaiti.publicity.papers import ANSWER, RECEIPT, answer_facts, receipt_facts
from zaiti.publicity.queries import answer_day, may_still_object, newest
from zaiti.publicity.rules import may_turn_away
from zaiti.ranking.models import Candidate

RECEIVED, ANSWERED, TERM_SETTLED = "已收到", "已有答复", "已确定答复期限"


@transaction.atomic
def lodge_objection(
    posting: Posting,
    candidate: Candidate,
    *,
    by: User | None = None,
    text: str,
    evidence: "Sequence[File[Any]]" = (),
    arrived: datetime | None = None,
    **person: Unpack[Objector],
) -> Objection:
    """Receive a real-name objection to one posted name; it blocks that name until it is answered.

    Whoever is signed in, it is the public's deed: `by` is kept nowhere.
    """
    row = _objectionable(posting, candidate)
    objection = _receive(posting, row, text, arrived or clock.now(), checked(person))
    check_all(evidence)
    objection.evidence.set([keep(f, spare=ANYBODY, shown=f"证据材料{n}") for n, f in enumerate(evidence, 1)])
    facts = {"arrived": objection.received_at, "due": objection.due}
    record("lodge", objection, by=by, candidate=row.pk, files=len(evidence), **facts)
    objection.receipt = _letter(objection, RECEIPT, None, receipt_facts(objection))
    objection.save(update_fields=["receipt"])
    handlers = holders(posting.authority, Post.Role.OFFICER, Post.Role.REVIEWER)
    notify(handlers, "publicity/mail/objection_received.txt", about=objection, objection=objection)
    defer(tell_objector, objection=objection.pk, what=RECEIVED)
    return objection


@transaction.atomic
def settle_objection_day(objection: Objection, *, by: User | None) -> date | None:
    """Set the day an answer is due once the holiday table reaches it, and tell both sides."""
    require(by is None)
    objection.refresh_from_db(from_queryset=Objection.objects.select_for_update(no_key=True))
    due = answer_day(objection.posting, objection.received_at)
    if objection.state not in Objection.OPEN or objection.due or due is None:
        return None
    objection.due = due
    objection.save(update_fields=["due"])
    record("settle_term", objection, by=by, due=due)
    handlers = holders(objection.posting.authority, Post.Role.OFFICER, Post.Role.REVIEWER)
    notify(handlers, "publicity/mail/term_settled.txt", about=objection, objection=objection)
    defer(tell_objector, objection=objection.pk, what=TERM_SETTLED)
    return due


@transaction.atomic
def take_up(objection: Objection, *, by: User) -> None:
    """Start looking into an objection."""
    move(objection, "take_up", by=by, may=may_prepare)
    objection.handled_by = by
    objection.save(update_fields=["handled_by"])


@transaction.atomic
def turn_away(objection: Objection, *, by: User, reason: str) -> None:
    """Not to admit an objection, with the reason in a letter to the objector."""
    require(may_turn_away(by, objection))
    reason = needed(reason, _("Say why it is not admitted: the objector reads it."))
    move(objection, "turn_away", by=by, may=may_turn_away)
    _answer(objection, by, reason)
    _release(objection, by)


@transaction.atomic
def propose_answer(
    objection: Objection, *, by: User, upholds: bool, answer: str, seen: Seen | None = None
) -> None:
    """Propose what to answer; an approver decides."""
    require(may_prepare(by, objection))
    answer = needed(answer, _("Write the answer: the objector gets it as a letter."))
    prepare(objection, by=by, upholds=upholds)
    stored = {"upholds": objection.upholds, "answer": objection.answer}
    made = stored | merge_all(objection, stored, {"upholds": upholds, "answer": answer}, by=by, seen=seen)
    objection.upholds, objection.answer = made["upholds"], made["answer"]
    objection.save(update_fields=["upholds", "answer"])
    readers = to_approve(objection)
    notify(readers, "publicity/mail/answer_proposed.txt", about=objection, objection=objection)


@transaction.atomic
def send_back_answer(objection: Objection, *, by: User, reason: str) -> None:
    """Give a proposed answer back to the one who wrote it."""
    send_back(objection, by=by, reason=reason)
    readers = to_mend(objection)
    notify(readers, "publicity/mail/answer_sent_back.txt", about=objection, objection=objection)


@transaction.atomic
def decide_objection(objection: Objection, *, by: User) -> None:
    """Answer an objection as proposed, by another person; upheld, it blocks the name."""
    require(may_approve(by, objection))
    (row,) = held([objection.candidate])
    objection.refresh_from_db(from_queryset=Objection.objects.select_for_update(no_key=True))
    approve(objection, by=by)
    _answer(objection, by, objection.answer)
    if objection.upholds and row.state != Candidate.State.BLOCKED:
        move(row, "block", by=by, objection=objection.number)
        case = row.review.application
        notify(case.contact, "publicity/mail/blocked.txt", about=case, candidate=row)
    _release(objection, by)


def _objectionable(posting: Posting, candidate: Candidate) -> Candidate:
    if posting.names.filter(candidate=candidate).count() != 1:
        raise Refused(_("This name is not on this posting."))
    if hasattr(posting, "replaced_by"):
        raise Refused(_("This posting has been replaced by a corrected one; please object there."))
    (row,) = held([candidate])
    if not may_still_object(row):
        raise Refused(
            _("%(name)s is no longer a candidate, so there is nothing to object to.") % {"name": row}
        )
    return row


def _receive(
    posting: Posting, row: Candidate, text: str, arrived: datetime, person: dict[str, str]
) -> Objection:
    text = needed(text, _("Please say what you object to, with the facts."))
    authority, year = posting.authority, clock.today().year
    number = next_number(f"objection:{authority.pk}:{year}")
    return Objection.objects.create(
        posting=posting,
        candidate=row,
        number=f"{letters(authority, '异议')}〔{year}〕{number}号",
        token=secrets.token_urlsafe(32),
        text=text,
        received_at=arrived,
        recorded_at=clock.now(),
        due=answer_day(posting, arrived),
        **person,
    )


def _answer(objection: Objection, by: User, answer: str) -> None:
    objection.answer, objection.approved_by, objection.decided_at = answer, by, clock.now()
    objection.answer_paper = _letter(objection, ANSWER, by, answer_facts(objection))
    objection.save(update_fields=["answer", "approved_by", "decided_at", "answer_paper"])
    defer(tell_objector, objection=objection.pk, what=ANSWERED)


def _letter(objection: Objection, kind: Kind, by: User | None, facts: dict[str, Any]) -> Paper:
    return issue(kind, by=by, authority=objection.posting.authority, facts=facts)


def _release(objection: Objection, by: User) -> None:
    """The last open objection answered, a name whose days are over passes at once."""
    clear_ended(newest(objection.posting), by=by)
