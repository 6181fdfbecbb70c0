"""What the clock does in this room."""

from datetime import timedelta

from procrastinate.contrib.django import app

from zaiti.ledger.turns import again
from zaiti.screening.actions import deem_overdue, lapse_corrections, read_anew
from zaiti.screening.pages import forget

PICTURES_KEPT = timedelta(days=30)


@app.periodic(cron="*/10 * * * *")
@app.task(name="screening.run_clock", queue="clock", queueing_lock="screening.run_clock", pass_context=False)
def run_clock(timestamp: int) -> None:
    """Soon after each midnight: what was not answered is accepted, what was not corrected lapses."""
    again(deem_overdue)()
    again(lapse_corrections)()


@app.periodic(cron="*/15 * * * *")
@app.task(name="screening.read_anew", queue="clock", queueing_lock="screening.read_anew", pass_context=False)
def read_again(timestamp: int) -> None:
    """Four times an hour: scans whose pre-check an upgrade or a unit's new name made old are read again."""
    read_anew()


@app.periodic(cron="30 3 * * 0")
@app.task(
    name="screening.forget_pages", queue="clock", queueing_lock="screening.forget_pages", pass_context=False
)
def forget_pages(timestamp: int) -> None:
    """Once a week: pictures of pages that nobody is likely to open again make room."""
    forget(PICTURES_KEPT)
