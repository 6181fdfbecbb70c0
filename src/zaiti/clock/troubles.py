"""Jobs that failed: what is kept of each, so that a person can read it and send it again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException, SMTPServerDisconnected
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job

from zaiti.clock.models import Trouble
from zaiti.core import Refused
from zaiti.core.text import one_line

Kind = Trouble.Kind
LONGEST_DETAIL = 300


def watched(about: Callable[..., str]) -> Callable[[Callable[[], Any], JobContext, Any], Any]:
    """Keep what went wrong with a job beside it; once it went well, forget."""

    def run(does: Callable[[], Any], context: JobContext, _worker: Any) -> Any:
        try:
            done = does()
        except Exception as failure:
            _keep(context.job, about, failure)
            if waits_already(context.job):  # the next of its kind does for both
                return None
            raise
        _forget(context.job)
        return done

    return run


def key(job: Job) -> int:
    """The number of a job that a worker holds."""
    assert job.id is not None
    return job.id


def _keep(job: Job, about: Callable[..., str], failure: BaseException) -> None:
    try:
        with transaction.atomic():
            _note(job, _whom(job, about), failure)
    except DatabaseError:  # the database itself is away: the job comes back all the same
        connection.close()


def _note(job: Job, whom: str, failure: BaseException) -> None:
    first = _first(failure)
    said = {"kind": _kind(first), "detail": _detail(first)}
    now = timezone.now()
    Trouble.objects.update_or_create(
        job=key(job),
        defaults={**said, "about": whom, "at": now},
        create_defaults={**said, "about": whom, "at": now, "since": now},
    )


def _detail(failure: BaseException) -> str:
    name = "" if isinstance(failure, Refused) else f"{type(failure).__name__}: "
    return one_line(f"{name}{failure}")[:LONGEST_DETAIL]


def _whom(job: Job, about: Callable[..., str]) -> str:
    try:
        return about(**job.task_kwargs)[:LONGEST_DETAIL]
    except ObjectDoesNotExist:
        return ""


def _first(failure: BaseException) -> BaseException:
    while isinstance(failure, BaseExceptionGroup):
        failure = failure.exceptions[0]
    return failure


def _kind(failure: BaseException) -> str:
    """Say in which way a job failed."""
    if type(failure).__module__.startswith("botocore"):
        return Kind.STORE
    match failure:
        case Refused():
            return Kind.REFUSED
        case ObjectDoesNotExist():
            return Kind.MISSING
        case DatabaseError():
            return Kind.DATABASE
        case SMTPServerDisconnected() | ConnectionError() | TimeoutError():
            return Kind.UNREACHABLE
        case SMTPException():
            return Kind.TURNED_DOWN
        case OSError():
            return Kind.STORE if failure.filename else Kind.UNREACHABLE
        case _:
            return getattr(failure, "trouble", Kind.FAULT)


def _forget(job: Job) -> None:
    if job.attempts:
        Trouble.objects.filter(job=key(job)).delete()
    if job.queueing_lock:  # what comes round by itself has now been done, also where it failed before
        _supersede(job.queueing_lock)


def _supersede(lock: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SUPERSEDE, [lock])


def waits_already(job: Job) -> bool:
    """Say whether the same job, of which one may wait, waits."""
    if not job.queueing_lock:
        return False
    return ProcrastinateJob.objects.filter(status="todo", queueing_lock=job.queueing_lock).exists()


def killed(job: Job) -> int:
    """Note that a job's worker ended in the midst of it; say how often that happened."""
    now = timezone.now()
    Trouble.objects.get_or_create(job=key(job), defaults={"since": now, "at": now, "kind": Kind.KILLED})
    Trouble.objects.filter(job=key(job)).update(kills=F("kills") + 1, kind=Kind.KILLED, detail="", at=now)
    return Trouble.objects.values_list("kills", flat=True).get(job=key(job))


@dataclass(frozen=True)
class Failed:
    """A job that was given up, and what is known of why."""

    pk: int
    task: str
    about: str
    since: datetime | None
    kind: str
    detail: str


def failed(most: int) -> list[Failed]:
    """Give the jobs that were given up, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(FAILED, [most])
        return [Failed(*row) for row in cursor.fetchall()]


@transaction.atomic
def again(job: int | None = None) -> int:
    """Put one failed job, or all, back into the queue, with patience as on the first day; say how many."""
    with connection.cursor() as cursor:
        cursor.execute(DROP_DOUBLES)
        cursor.execute(AGAIN, {"job": job})
        sent = [row[0] for row in cursor.fetchall()]
    Trouble.objects.filter(job__in=sent).delete()
    return len(sent)


SUPERSEDE = """
UPDATE procrastinate_jobs SET status = 'cancelled' WHERE status = 'failed' AND queueing_lock = %s
"""
FAILED = """
SELECT job.id, task_name, coalesce(about, ''), since, coalesce(kind, ''), coalesce(detail, '')
FROM procrastinate_jobs AS job LEFT JOIN clock_trouble AS trouble ON trouble.job = job.id
WHERE status = 'failed' ORDER BY job.id DESC LIMIT %s
"""
# Of jobs that may wait once only, the one that waits, or the last that failed, does for all.
DROP_DOUBLES = """
UPDATE procrastinate_jobs AS old SET status = 'cancelled'
WHERE old.status = 'failed' AND old.queueing_lock IS NOT NULL AND EXISTS (
    SELECT FROM procrastinate_jobs AS other WHERE other.queueing_lock = old.queueing_lock
    AND (other.status = 'todo' OR other.status = 'failed' AND other.id > old.id))
"""
AGAIN = """
UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL
WHERE status = 'failed' AND (%(job)s::bigint IS NULL OR id = %(job)s::bigint) RETURNING id
"""
