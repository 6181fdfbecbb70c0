"""Jobs that a worker, killed in between, never finished; and what nobody needs any more."""

from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job, Status

from zaiti.clock.jobs import by_clock, in_djangos_transaction
from zaiti.clock.models import Trouble
from zaiti.clock.troubles import killed, waits_already

MOST_KILLS = 5  # a job that kills its worker each time must not do so for ever
JOBS_KEPT_DAYS = 30


@by_clock("clock.retry_stalled", _("By the clock: jobs left half done"), cron="* * * * *")
def retry_stalled(timestamp: int) -> None:
    """Put back into the queue what a worker without a heartbeat holds."""
    for job in async_to_sync(in_djangos_transaction.get_stalled_jobs)():
        with transaction.atomic():
            _take_back(job)


def _take_back(job: Job) -> None:
    if killed(job) >= MOST_KILLS:
        async_to_sync(in_djangos_transaction.finish_job)(job, Status.FAILED, delete_job=False)
    elif not waits_already(job):  # the next round finds this one again
        async_to_sync(in_djangos_transaction.retry_job)(job)


@by_clock("clock.clear_jobs", _("By the clock: jobs done long ago"), cron="25 4 * * *")
def clear_jobs(timestamp: int) -> None:
    """Once a night: forget the jobs that were done a month ago; failed ones stay to be looked at."""
    async_to_sync(in_djangos_transaction.delete_old_jobs)(
        nb_hours=JOBS_KEPT_DAYS * 24, include_cancelled=True
    )
    Trouble.objects.exclude(job__in=ProcrastinateJob.objects.values("pk")).delete()


@by_clock("clock.clear_sessions", _("By the clock: sessions that ran out"), cron="35 4 * * *")
def clear_sessions(timestamp: int) -> None:
    """Once a night: forget the sessions that ran out."""
    call_command("clearsessions")
