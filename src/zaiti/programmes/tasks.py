"""What the clock does for a year's plan."""

from django.utils.translation import gettext_lazy as _

from zaiti.clock.jobs import by_clock
from zaiti.programmes.actions import warn_of_missing_year


@by_clock(
    "programmes.warn_of_missing_year",
    _("By the clock: a holiday table that is not there yet"),
    cron="0 9 * * 1",
)
def remind_of_year(timestamp: int) -> None:
    """Each Monday: remind of a holiday table that is not there yet."""
    warn_of_missing_year()
