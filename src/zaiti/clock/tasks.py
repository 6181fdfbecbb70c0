"""Jobs that a worker began and, killed in between, never finished."""

from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

MOST_TRIES = 5  # a job that kills its worker each time must not do so for ever


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
