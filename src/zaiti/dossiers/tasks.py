"""Terms that wait for the holiday table."""

from zaiti.clock.jobs import by_clock
from zaiti.dossiers.actions import settle_terms


@by_clock("dossiers.settle_terms", cron="*/10 * * * *")
def settle(timestamp: int) -> None:
    """Six times an hour: whichever way a year came into the table, what waited for it gets its day."""
    settle_terms()
