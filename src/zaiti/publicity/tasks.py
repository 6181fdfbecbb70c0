"""Postings that end by themselves."""

from procrastinate.contrib.django import app

from zaiti import clock
from zaiti.ledger.turns import again
from zaiti.publicity.actions.postings import clear_ended, close_posting
from zaiti.publicity.models import Posting


@app.periodic(cron="5 0 * * *")
@app.task(name="publicity.end_postings", queue="clock", queueing_lock="publicity.end_postings")
def end_postings(timestamp: int = 0) -> None:
    """Each day after midnight: pass names whose days are over, close postings whose last day is over."""
    for posting in Posting.objects.filter(state=Posting.State.OPEN):
        if clock.now() >= clock.end_of_day(posting.last_day):
            again(close_posting)(posting, by=None)
        else:
            again(clear_ended)(posting, by=None)
