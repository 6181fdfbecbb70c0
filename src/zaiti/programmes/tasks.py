"""What the clock does for a year's plan."""

from procrastinate.contrib.django import app

from zaiti.programmes.actions import warn_of_missing_year


@app.periodic(cron="0 9 * * 1")
@app.task(
    name="programmes.warn_of_missing_year",
    queue="clock",
    queueing_lock="programmes.warn_of_missing_year",
    pass_context=False,
)
def remind_of_year(timestamp: int) -> None:
    """Each Monday: remind of a holiday table that is not there yet."""
    warn_of_missing_year()
