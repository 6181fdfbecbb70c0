"""What is done across cases: the chain recomputed, and terms set when the holiday table reaches them."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.actions import settle_answer_day
from zaiti.applications.models import Application
from zaiti.clock.jobs import defer
from zaiti.clock.models import HolidayYear
from zaiti.core import Refused, require
from zaiti.dossiers.rules import may_check
from zaiti.dossiers.terms import unanswered, uncorrected, unsettled
from zaiti.ledger.chain import record
from zaiti.ledger.models import ChainCheck
from zaiti.ledger.tasks import check_chain
from zaiti.programmes.actions import confirm_holiday_year
from zaiti.publicity.actions import settle_objection_day
from zaiti.publicity.models import Objection
from zaiti.screening.actions import settle_correction_day
from zaiti.screening.models import Correction


@transaction.atomic
def ask_for_check(*, by: User) -> ChainCheck:
    """Let a job recompute the whole chain."""
    require(may_check(by))
    if ChainCheck.objects.filter(done_at=None, by__isnull=False).exists():
        raise Refused(_("A check is under way already; its result will stand here."))
    check = ChainCheck.objects.create(asked_at=clock.now(), by=by)
    record("check_chain", check, by=by)
    defer(check_chain, check=check.pk)
    return check


@transaction.atomic
def confirm_year(year: int, *, by: User) -> HolidayYear:
    """Put a year's holidays in force, and set at once the terms that waited for them."""
    _lock_waiting()
    row = confirm_holiday_year(year, by=by)
    settle_terms()
    return row


@transaction.atomic
def settle_terms(*, by: User | None = None) -> int:
    """Give their day to the terms that today's holiday table reaches; nothing else is touched."""
    require(by is None)
    answers, corrections, objections = _lock_waiting()
    set_now = [settle_answer_day(row, by=by) for row in answers]
    set_now += [settle_correction_day(row, by=by) for row in corrections]
    set_now += [settle_objection_day(row, by=by) for row in objections]
    return sum(day is not None for day in set_now)


def _lock_waiting() -> tuple[list[Application], list[Correction], list[Objection]]:
    """Rows before the ledger, always in the same order."""
    answers = list(unanswered().select_for_update(no_key=True, of=("self",)))
    corrections = list(uncorrected().select_for_update(no_key=True, of=("self",)))
    return answers, corrections, list(unsettled().select_for_update(no_key=True, of=("self",)))
