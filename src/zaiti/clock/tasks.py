"""Jobs that a worker, killed in between, never finished; and what nobody needs any more."""

from contextlib import suppress

from django.core.management import call_command
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

MOST_TRIES = 5  # a job that kills its worker each time must not do so for ever
JOBS_KEPT_DAYS = 30


@app.periodic(cron="*/5 * * * *")
@app.task(name="clock.retry_stalled", queue="clock", queueing_lock="clock.retry_stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """Put back into the queue what a worker without a heartbeat holds."""
    for job in await app.job_manager.get_stalled_jobs():
        if job.attempts + 1 >= MOST_TRIES:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
            continue
        with suppress(UniqueViolation):  # the same job waits already: the next round finds this one again
            await app.job_manager.retry_job(job)


@app.periodic(cron="25 4 * * *")
@app.task(name="clock.clear_jobs", queue="clock", queueing_lock="clock.clear_jobs", pass_context=False)
async def clear_jobs(timestamp: int) -> None:
    """Once a night: forget the jobs that were done a month ago; failed ones stay to be looked at."""
    await app.job_manager.delete_old_jobs(nb_hours=JOBS_KEPT_DAYS * 24)


@app.periodic(cron="35 4 * * *")
@app.task(
    name="clock.clear_sessions", queue="clock", queueing_lock="clock.clear_sessions", pass_context=False
)
def clear_sessions(timestamp: int) -> None:
    """Once a night: forget the sessions that ran out."""
    call_command("clearsessions")
