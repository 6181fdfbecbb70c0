"""What a carrier trained, year by year."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.carriers.models import Carrier, TrainingYear
from zaiti.carriers.rules import may_answer, may_follow_up
from zaiti.core import Refused, require
from zaiti.ledger.chain import record


@transaction.atomic
def report_training(
    carrier: Carrier,
    *,
    by: User,
    year: int,
    sessions: int,
    people: int,
    last_training_on: date | None = None,
    note: str = "",
) -> TrainingYear:
    """Report what was trained in a year; until it is verified it may be reported anew."""
    require(may_answer(by, carrier))
    _check(carrier, year, sessions, people, last_training_on)
    row, _made = TrainingYear.objects.update_or_create(
        carrier=carrier,
        year=year,
        defaults={
            "sessions": sessions,
            "people": people,
            "last_training_on": last_training_on,
            "note": note,
            "reported_by": by,
            "reported_at": clock.now(),
        },
    )
    record("report_training", row, by=by, year=year, sessions=sessions, people=people)
    return row


@transaction.atomic
def verify_training(row: TrainingYear, *, by: User) -> None:
    """Confirm a year's training; from then on it counts and cannot be changed."""
    row.refresh_from_db(
        from_queryset=TrainingYear.objects.select_for_update(no_key=True).select_related(None)
    )
    require(may_follow_up(by, row.carrier))
    if row.verified_at:
        raise Refused(
            _("The training of %(year)s has been verified and cannot be changed.") % {"year": row.year}
        )
    row.verified_by, row.verified_at = by, clock.now()
    row.save(update_fields=["verified_by", "verified_at"])
    record("verify_training", row, by=by, year=row.year)


def _check(carrier: Carrier, year: int, sessions: int, people: int, last_day: date | None) -> None:
    if carrier.state == Carrier.State.REVOKED:
        raise Refused(_("This carrier's recognition was revoked; no training is reported any more."))
    if not carrier.year <= year <= clock.today().year:
        raise Refused(
            _("Training is reported for the years from %(first)s on, not for years to come.")
            % {"first": carrier.year}
        )
    if (people and not sessions) or (last_day and last_day.year != year):
        raise Refused(_("People trained need at least one course, and the last training lies in that year."))
    if TrainingYear.objects.filter(carrier=carrier, year=year, verified_at__isnull=False).exists():
        raise Refused(_verified(year))


def _verified(year: int) -> str:
    return _("The training of %(year)s has been verified and cannot be changed.") % {"year": year}
