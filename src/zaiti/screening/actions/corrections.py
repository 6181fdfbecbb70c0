"""Returning an application once with everything that is wrong, and its authors' answer."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.actions import hand_in
from zaiti.applications.models import Application, Material, Submission
from zaiti.applications.queries import uncorrected
from zaiti.applications.rebasing import rebase, turn_of_form
from zaiti.applications.rules import may_edit
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.screening import papers
from zaiti.screening.actions.marks import mark_material, mark_rest
from zaiti.screening.models import Correction
from zaiti.screening.notify import tell_applicant, tell_officers
from zaiti.screening.queries import (
    Line,
    chances,
    checklist,
    default_due,
    field_faults,
    is_over,
    notice_text,
    open_correction,
    paper_copy,
)
from zaiti.screening.rules import may_screen


@transaction.atomic
def return_for_correction(
    application: Application,
    *,
    by: User,
    reasons: str,
    due: date | None = None,
    rest_in_order: bool = False,
    arrived: datetime | None = None,
) -> Correction:
    """Send an application back to its authors once, with every fault listed; only what is named opens."""
    require(may_screen(by, application))
    reasons = needed(reasons, _("List what is wrong: the notice must name every fault at once."))
    turn_of_form(application.carrier_type)
    if application.can("return"):
        _settle_marks(application, by=by, rest_in_order=rest_in_order)
    due = due or default_due(application)
    move(application, "return", by=by, reasons=reasons, due=due)
    _require_return(application, due, arrived)
    facts = papers.correction(application, reasons, due)
    paper = papers.send(papers.CORRECTION, application, facts, by=by)
    application.open_fields = [check.field for check in field_faults(application)]
    application.save(update_fields=["open_fields"])
    given = {"reasons": reasons, "due": due, "fields": application.open_fields}
    correction = application.corrections.create(**given, issued_at=clock.now(), by=by, paper=paper)
    correction.materials.set(_open(_faulty(application)))
    rebase(application, by=by)
    tell_applicant(application, "returned", correction=correction)
    return correction


@transaction.atomic
def answer_correction(application: Application, *, by: User, arrived: datetime | None = None) -> Submission:
    """Hand in again what was to be corrected; a new term to answer begins."""
    require(may_edit(by, application))
    arrived = arrived or clock.now()
    move(application, "resubmit", by=by, arrived=arrived)
    correction = open_correction(application)
    if correction is None:
        raise Refused(_("There is no correction to answer."))
    _require_answered(application, correction, arrived)
    correction.answered_at = clock.now()
    correction.save(update_fields=["answered_at"])
    submission = hand_in(application, by=by, arrived=arrived)
    tell_officers(application, "answered", submission=submission)
    return submission


@transaction.atomic
def settle_correction_day(correction: Correction, *, by: User | None) -> date | None:
    """Set the last day to correct once the holiday table reaches it, and tell the applicant."""
    require(by is None)
    correction.refresh_from_db(from_queryset=Correction.objects.select_for_update(no_key=True))
    days = correction.application.call.cycle.correction_days
    due = clock.term(timezone.localtime(correction.issued_at).date(), days)
    if due and due <= clock.today():  # nobody could know a day that has passed: the days begin now
        due = clock.term(clock.today(), days)
    if correction.answered_at or correction.due or due is None:
        return None
    correction.due = due
    correction.save(update_fields=["due"])
    record("settle_term", correction, by=by, due=correction.due)
    tell_applicant(correction.application, "term_settled", correction=correction)
    return correction.due


@transaction.atomic
def lapse(correction: Correction, *, by: User | None = None) -> Correction:
    """Mark a correction that nobody answered by its due date; the officer may then decline."""
    require(by is None)
    correction.lapsed_at = clock.now()
    correction.save(update_fields=["lapsed_at"])
    record("lapse", correction, by=by, due=correction.due)
    tell_applicant(correction.application, "lapsed", correction=correction)
    tell_officers(correction.application, "lapsed_officers", correction=correction)
    return correction


def _settle_marks(application: Application, *, by: User, rest_in_order: bool) -> None:
    """Put what the slots themselves show on record, and see that nothing is left unlooked at."""
    if rest_in_order:
        mark_rest(application, by=by)
    lines = checklist(application)
    if left := sum(line.open for line in lines):
        raise Refused(
            _("%(count)s materials are not marked yet; a notice must list every fault at once.")
            % {"count": left}
        )
    for line in lines:
        if line.faulty and not line.check:
            material = line.material or Material(application=application, requirement=line.requirement)
            mark_material(material, by=by, mark=line.mark, reason=line.reason)


def _require_return(application: Application, due: date | None, arrived: datetime | None) -> None:
    if application.corrections.count() >= chances(application):
        raise Refused(
            _("This application has used up its chances to correct; a further one needs a senior's approval.")
        )
    if is_over(application.answer_due, arrived):
        raise Refused(
            _("The time to answer ran out on %s, so the application is deemed accepted.")
            % f"{application.answer_due:%Y-%m-%d}"
        )
    _require_days(due, default_due(application), application.call.cycle.correction_days)
    if not notice_text(application, checklist(application), paper_copy(application)):
        raise Refused(_("Nothing is marked as missing or not in form, so there is nothing to correct."))


def _require_days(due: date | None, least: date | None, days: int) -> None:
    if due and least is None:
        raise Refused(
            _("The holiday table doesn't reach this term yet: leave the day empty, and it is set by itself.")
        )
    if due and least and due < least:
        raise Refused(
            _("The applicant must have at least %(days)s working days to correct it.") % {"days": days}
        )


def _faulty(application: Application) -> list[Line]:
    return [line for line in checklist(application) if line.faulty]


def _open(lines: list[Line]) -> list[Material]:
    materials = [line.material for line in lines if line.material]
    for material in materials:
        material.open_for_correction = True
        material.save(update_fields=["open_for_correction"])
    return materials


def _require_answered(application: Application, correction: Correction, arrived: datetime) -> None:
    """Refuse after the due date, and while a file that was found wrong is still the current one."""
    if is_over(correction.due, arrived):
        raise Refused(_("The time to correct ended at 24:00 on %s.") % f"{correction.due:%Y-%m-%d}")
    named = set(correction.materials.values_list("requirement", flat=True))
    left = [str(line.requirement) for line in _faulty(application) if line.requirement.pk in named]
    if left:
        raise Refused(_("These materials have no new file yet: %s.") % "、".join(left))
    if same := [application.label(name) for name in uncorrected(application)]:
        raise Refused(_("These entries of the form are not corrected yet: %s.") % "、".join(same))
