"""A carrier that does not perform is told to correct, answers, and is checked [N2 五]."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.carriers import papers
from zaiti.carriers.models import Carrier, Ground, Rectification
from zaiti.carriers.queries import owners
from zaiti.carriers.rules import may_answer, may_follow_up
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.files.evidence import keep
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.outbox.notify import notify


@transaction.atomic
def tell_to_correct(carrier: Carrier, *, by: User, ground: str, text: str, due: date) -> Rectification:
    """Send a notice to correct, with its last day."""
    require(may_follow_up(by, carrier))
    text = needed(text, _("Say what must be corrected: it stands in the notice."))
    if due <= clock.today():
        raise Refused(_("Give a last day after today."))
    move(carrier, "tell_to_correct", by=by, ground=ground, due=due)
    if carrier.rectifications.filter(state__in=Rectification.OPEN).exists():
        raise Refused(_("A notice to correct is still open; conclude that one first."))
    told = carrier.rectifications.create(ground=Ground(ground), text=text, due=due, by=by, at=clock.now())
    told.paper = papers.rectification(told, by=by)
    told.save(update_fields=["paper"])
    record("tell_to_correct", told, by=by, ground=ground, due=due)
    _tell_carrier(told, "carriers/mail/rectification.txt")
    return told


@transaction.atomic
def answer_rectification(
    rectification: Rectification,
    *,
    by: User,
    answer: str,
    evidence: "Iterable[File[Any]]" = (),
    arrived: datetime | None = None,
) -> None:
    """The carrier says what it has put right."""
    require(may_answer(by, rectification.carrier))
    arrived = arrived or clock.now()
    move(rectification, "answer", by=by, arrived=arrived)
    rectification.answer, rectification.answered_at = answer, arrived
    rectification.save(update_fields=["answer", "answered_at"])
    rectification.evidence.set([keep(file) for file in evidence])
    notify(
        rectification.by,
        "carriers/mail/rectification_answered.txt",
        about=rectification.carrier,
        rectification=rectification,
    )


@transaction.atomic
def settle_rectification(rectification: Rectification, *, by: User, conclusion: str) -> None:
    """The check found it corrected: the carrier goes on, unless its revocation is under way."""
    _conclude(rectification, "settle", by=by, conclusion=conclusion)
    carrier = Carrier.objects.select_for_update(no_key=True).get(pk=rectification.carrier_id)
    if carrier.can("corrected"):
        move(carrier, "corrected", by=by)
    _tell_carrier(rectification, "carriers/mail/rectification_settled.txt")


@transaction.atomic
def fail_rectification(rectification: Rectification, *, by: User, conclusion: str) -> None:
    """It was not corrected, or not answered in time; another notice or the city's revocation may follow."""
    require(may_follow_up(by, rectification.carrier))
    if rectification.state == Rectification.State.ISSUED and clock.today() <= rectification.due:
        raise Refused(_("The carrier may still answer until the last day."))
    _conclude(rectification, "fail", by=by, conclusion=conclusion)
    _tell_carrier(rectification, "carriers/mail/rectification_failed.txt")


def _conclude(rectification: Rectification, verb: str, *, by: User, conclusion: str) -> None:
    require(may_follow_up(by, rectification.carrier))
    conclusion = needed(conclusion, _("Say what was found; the carrier's unit is told."))
    move(rectification, verb, by=by)
    rectification.conclusion = conclusion
    rectification.save(update_fields=["conclusion"])


def _tell_carrier(told: Rectification, template: str) -> None:
    carrier = told.carrier
    notify(owners(carrier), template, about=carrier, rectification=told)
