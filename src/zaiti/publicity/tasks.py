"""Postings that end by themselves."""

from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.clock.jobs import by_clock, one_by_one
from zaiti.publicity.actions.postings import clear_ended, close_posting
from zaiti.publicity.models import Posting


@by_clock("publicity.end_postings", _("By the clock: postings that end"), cron="5 0 * * *")
def end_postings(timestamp: int = 0) -> None:
    """Each day after midnight: pass names whose days are over, close postings whose last day is over."""
    one_by_one(Posting.objects.filter(state=Posting.State.OPEN), _end)


def _end(posting: Posting) -> None:
    if clock.now() >= clock.end_of_day(posting.last_day):
        close_posting(posting, by=None)
    else:
        clear_ended(posting, by=None)
