"""The city takes recognition back: intended notice, defence, decision, announcement [N2 五]."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Post, User
from zaiti.accounts.queries import holders
from zaiti.carriers import papers
from zaiti.carriers.models import Carrier, Ground, Revocation
from zaiti.carriers.queries import follow_up_policy, owners
from zaiti.carriers.rules import may_answer, may_intend
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.countersigned.actions import approve, prepare, send_back
from zaiti.countersigned.queries import to_approve, to_mend
from zaiti.countersigned.rules import may_prepare, may_send_back
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.outbox.notify import notify


@transaction.atomic
def intend_revocation(
    carrier: Carrier, *, by: User, ground: str, facts: str, defence_due: date | None = None
) -> Revocation:
    """Give notice that recognition is to be taken back, with the day until which the carrier may answer."""
    require(may_intend(by, carrier))
    facts = needed(facts, _("Give the facts and evidence: they stand in the notice."))
    due = _defence_day(carrier, defence_due)
    if ground == Ground.NOT_PERFORMING:
        raise Refused(_("Not performing its duties is a ground for a notice to correct, not for revocation."))
    move(carrier, "intend_revocation", by=by, ground=ground, due=due)
    made = carrier.revocations.create(
        ground=Ground(ground), facts=facts, defence_due=due, prepared_by=by, at=clock.now()
    )
    made.notice = papers.intended(made, by=by)
    made.save(update_fields=["notice"])
    record("intend_revocation", made, by=by, ground=ground, due=due)
    _tell_carrier(made, "carriers/mail/revocation_intended.txt")
    return made


@transaction.atomic
def defend(revocation: Revocation, *, by: User, defence: str, arrived: datetime | None = None) -> None:
    """The carrier's unit says what it has to say against it, until the day named."""
    require(may_answer(by, revocation.carrier))
    arrived = arrived or clock.now()
    if arrived >= clock.end_of_day(revocation.defence_due):
        raise Refused(_("The day until which a statement and defence could be made has passed."))
    move(revocation, "defend", by=by, arrived=arrived)
    revocation.defence, revocation.defended_at = defence, arrived
    revocation.save(update_fields=["defence", "defended_at"])
    officers = holders(revocation.bureau(), Post.Role.OFFICER)
    _tell(revocation, officers, "carriers/mail/revocation_defended.txt")


@transaction.atomic
def prepare_revocation(revocation: Revocation, *, by: User, decision: str) -> None:
    """Put a decision up for approval, once the defence is in or its day has passed."""
    require(may_prepare(by, revocation))
    decision = needed(decision, _("Write the decision: it stands in the letter."))
    prepare(revocation, by=by)
    if revocation.defended_at is None and clock.now() < clock.end_of_day(revocation.defence_due):
        raise Refused(
            _("The carrier may still make its statement and defence; wait until its day has passed.")
        )
    revocation.decision = decision
    revocation.save(update_fields=["decision"])
    _tell(revocation, to_approve(revocation), "carriers/mail/revocation_prepared.txt")


@transaction.atomic
def send_back_revocation(revocation: Revocation, *, by: User, reason: str) -> None:
    """Give a proposed decision back to its writer."""
    send_back(revocation, by=by, reason=reason)
    _tell(revocation, to_mend(revocation), "carriers/mail/revocation_sent_back.txt")


@transaction.atomic
def decide_revocation(revocation: Revocation, *, by: User) -> None:
    """Take the recognition back by letter and public announcement; the register shows it."""
    approve(revocation, by=by)
    carrier = revocation.carrier
    move(carrier, "revoke", by=by, ground=revocation.ground)
    carrier.revoked_on = clock.today()
    carrier.save(update_fields=["revoked_on"])
    revocation.decided_at = clock.now()
    revocation.paper = papers.decided(revocation, by=by)
    revocation.publication = papers.announce(revocation, by=by)
    revocation.save(update_fields=["decided_at", "paper", "publication"])
    _tell_carrier(revocation, "carriers/mail/revocation_decided.txt")


@transaction.atomic
def drop_revocation(revocation: Revocation, *, by: User, reason: str) -> None:
    """Let the matter rest: the carrier stays recognised."""
    require(may_prepare(by, revocation) or may_send_back(by, revocation))
    reason = needed(reason, _("Say why the matter rests; the carrier's unit is told."))
    move(revocation, "drop", by=by, reason=reason)
    revocation.reason = reason
    revocation.save(update_fields=["reason"])
    move(revocation.carrier, "drop_revocation", by=by)
    _tell_carrier(revocation, "carriers/mail/revocation_dropped.txt")


def _defence_day(carrier: Carrier, day: date | None) -> date:
    """The last day to answer: never sooner than the policy's working days."""
    first = clock.add_working_days(clock.today(), follow_up_policy(carrier)["defence_days"])
    if day is not None and day < first:
        raise Refused(
            _("The carrier must have until %(day)s at least to answer.") % {"day": first.isoformat()}
        )
    return day or first


def _tell_carrier(revocation: Revocation, template: str) -> None:
    carrier = revocation.carrier
    notify(owners(carrier), template, about=carrier, revocation=revocation)
    bureau = holders(carrier.authority, Post.Role.OFFICER)
    notify(bureau, template, about=carrier, revocation=revocation)


def _tell(revocation: Revocation, readers: list[User], template: str) -> None:
    notify(readers, template, about=revocation.carrier, revocation=revocation)
