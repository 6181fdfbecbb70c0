"""Terms that wait for the holiday table."""

from procrastinate.contrib.django import app

from zaiti.dossiers.actions import settle_terms


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="dossiers.settle_terms", queue="clock", queueing_lock="dossiers.settle_terms", pass_context=False
)
def settle(timestamp: int) -> None:
    """Six times an hour: whichever way a year came into the table, what waited for it gets its day."""
    settle_terms()
