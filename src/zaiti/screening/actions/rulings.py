"""Acceptance and refusal."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.ledger.moves import move
from zaiti.papers.kinds import Kind
from zaiti.screening import papers
from zaiti.screening.actions.marks import mark_rest
from zaiti.screening.models import Check, Ruling
from zaiti.screening.notify import tell_applicant, tell_officers
from zaiti.screening.queries import (
    checklist,
    field_faults,
    is_over,
    open_correction,
    paper_copy,
    paper_faults,
)
from zaiti.screening.rules import may_screen


@transaction.atomic
def accept(application: Application, *, by: User, rest_in_order: bool = False) -> Ruling:
    """Accept an application whose required materials are all in order; the rest may be marked so at once."""
    require(may_screen(by, application))
    if rest_in_order and application.can("accept"):
        mark_rest(application, by=by)
    move(application, "accept", by=by)
    _require_in_order(application)
    facts = papers.acceptance(application, checklist(application))
    ruling = _rule(application, Ruling.Outcome.ACCEPTED, papers.ACCEPTANCE, facts, by=by)
    tell_applicant(application, "accepted", paper=ruling.paper)
    return ruling


@transaction.atomic
def decline(application: Application, *, by: User, reason: str, arrived: datetime | None = None) -> Ruling:
    """Refuse an application, with its reason and the way to complain."""
    require(may_screen(by, application))
    reason = needed(reason, _("Say why it is not accepted: the notice must give the reason."))
    move(application, "decline", by=by, reason=reason)
    _require_time(application, arrived)
    facts = papers.refusal(application, reason)
    ruling = _rule(application, Ruling.Outcome.DECLINED, papers.REFUSAL, facts, by=by, reason=reason)
    tell_applicant(application, "declined", paper=ruling.paper, reason=reason)
    return ruling


@transaction.atomic
def deem(application: Application, *, by: User | None = None) -> Ruling:
    """Accept, as the law has it, what nobody answered in time (行政许可法 32, by analogy)."""
    require(by is None)
    move(application, "accept", by=by, deemed=True)
    facts = papers.acceptance(application, checklist(application), deemed=True)
    ruling = _rule(application, Ruling.Outcome.DEEMED, papers.ACCEPTANCE, facts, by=by)
    tell_applicant(application, "deemed", paper=ruling.paper)
    tell_officers(application, "deemed_officers")
    return ruling


def _require_in_order(application: Application) -> None:
    """Refuse while a required material is not in order, naming each."""
    left = [
        line.requirement.name
        for line in checklist(application)
        if line.requirement.required and line.mark != Check.Mark.IN_ORDER
    ]
    if left:
        raise Refused(_("These required materials are not marked in order yet: %s.") % "、".join(left))
    if wrong := [application.label(check.field) for check in field_faults(application)]:
        raise Refused(_("These entries of the form are marked to be corrected: %s.") % "、".join(wrong))
    if faults := paper_faults(application, paper_copy(application)):
        raise Refused(_("The paper copies are not in order: %s") % "".join(faults))


def _require_time(application: Application, arrived: datetime | None) -> None:
    """Refuse to decline what is deemed accepted, or what its authors may still correct."""
    correction = open_correction(application)
    if correction and not is_over(correction.due, arrived):
        day = f"{correction.due:%Y-%m-%d}" if correction.due else _("a day still to be computed")
        raise Refused(_("The applicant may still correct it until 24:00 on %s.") % day)
    if correction is None and is_over(application.answer_due, arrived):
        raise Refused(
            _("The time to answer ran out on %s, so the application is deemed accepted.")
            % f"{application.answer_due:%Y-%m-%d}"
        )


def _rule(
    application: Application,
    outcome: str,
    kind: Kind,
    facts: papers.Facts,
    *,
    by: User | None,
    reason: str = "",
) -> Ruling:
    paper = papers.send(kind, application, facts, by=by)
    return Ruling.objects.create(
        application=application, outcome=outcome, reason=reason, by=by, at=clock.now(), paper=paper
    )
