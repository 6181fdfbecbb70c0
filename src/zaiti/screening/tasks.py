"""What the clock does in this room."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.applications.models import Application
from zaiti.clock.jobs import by_clock, one_by_one
from zaiti.screening.actions import deem, lapse, read_anew
from zaiti.screening.models import Correction, Ruling
from zaiti.screening.pages import forget

PICTURES_KEPT = timedelta(days=30)


@by_clock(
    "screening.run_clock", _("By the clock: deemed acceptance, lapsed corrections"), cron="*/10 * * * *"
)
def run_clock(timestamp: int) -> None:
    """Soon after each midnight: what was not answered is accepted, what was not corrected lapses."""
    try:
        deem_overdue()
    finally:  # the one does not wait for the other
        lapse_corrections()


def deem_overdue() -> list[Ruling]:
    """Accept each application that nobody answered in time."""
    late = Application.objects.filter(state=Application.State.SUBMITTED, answer_due__lt=clock.today())
    return one_by_one(late.select_related("call__authority", "call__cycle"), deem)


def lapse_corrections() -> list[Correction]:
    """Mark each correction that nobody answered by its due date."""
    unanswered = Correction.objects.filter(
        application__state=Application.State.RETURNED,
        answered_at=None,
        lapsed_at=None,
        due__lt=clock.today(),
    )
    return one_by_one(unanswered.select_related("application__call__authority"), lapse)


@by_clock("screening.read_anew", _("By the clock: scans to be read anew"), cron="*/15 * * * *")
def read_again(timestamp: int) -> None:
    """Four times an hour: scans whose pre-check an upgrade or a unit's new name made old are read again."""
    read_anew()


@by_clock("screening.forget_pages", _("By the clock: old page pictures"), cron="30 3 * * 0")
def forget_pages(timestamp: int) -> None:
    """Once a week: pictures of pages that nobody is likely to open again make room."""
    forget(PICTURES_KEPT)
