"""Terms that wait for the holiday table."""

from django.utils.translation import gettext_lazy as _

from zaiti.clock.jobs import by_clock
from zaiti.dossiers.actions import settle_terms


@by_clock(
    "dossiers.settle_terms", _("By the clock: terms that waited for a holiday table"), cron="*/10 * * * *"
)
def settle(timestamp: int) -> None:
    """Six times an hour: whichever way a year came into the table, what waited for it gets its day."""
    settle_terms()
