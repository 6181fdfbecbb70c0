"""What the clock does with files."""

import time
from datetime import timedelta

from procrastinate.contrib.django import app

from zaiti import clock
from zaiti.files.held import forget_old
from zaiti.files.models import Scrub
from zaiti.files.scrubbing import clear_away, go_on

SLICE = timedelta(minutes=5)


@app.periodic(cron="*/10 1-5 * * *")
@app.task(name="files.scrub", queue="clock", queueing_lock="files.scrub", pass_context=False)
def scrub(timestamp: int) -> None:
    """At night, in slices: compare the files; what was gone through today rests until tomorrow."""
    if Scrub.objects.filter(done_at__date=clock.today()).exists():
        return
    end = time.monotonic() + SLICE.total_seconds()
    for _file in go_on():
        if time.monotonic() > end:
            return


@app.periodic(cron="50 * * * *")
@app.task(name="files.forget_held", queue="clock", queueing_lock="files.forget_held", pass_context=False)
def forget_held(timestamp: int) -> None:
    """Once an hour: forget what was held a day for a form that never came again."""
    forget_old()


@app.periodic(cron="35 5 * * *")
@app.task(name="files.clear_away", queue="clock", queueing_lock="files.clear_away", pass_context=False)
def clear(timestamp: int) -> None:
    """Once a night: what broke off and what nobody names makes room."""
    clear_away()
