"""What the clock does with files."""

import time
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.clock.jobs import by_clock
from zaiti.files.held import forget_old
from zaiti.files.models import Scrub
from zaiti.files.scrubbing import clear_away, go_on

SLICE = timedelta(minutes=5)


@by_clock("files.scrub", _("By the clock: comparing the files"), cron="*/10 1-5 * * *")
def scrub(timestamp: int) -> None:
    """At night, in slices: compare the files; what was gone through today rests until tomorrow."""
    if Scrub.objects.filter(done_at__date=clock.today()).exists():
        return
    end = time.monotonic() + SLICE.total_seconds()
    for _file in go_on():
        if time.monotonic() > end:
            return


@by_clock("files.forget_held", _("By the clock: files held for a form that never came"), cron="50 * * * *")
def forget_held(timestamp: int) -> None:
    """Once an hour: forget what was held a day for a form that never came again."""
    forget_old()


@by_clock("files.clear_away", _("By the clock: files that nobody names"), cron="35 5 * * *")
def clear(timestamp: int) -> None:
    """Once a night: what broke off and what nobody names makes room."""
    clear_away()
