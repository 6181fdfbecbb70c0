"""Jobs: the one way to declare one, to leave one behind, and to try it again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job, JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.tasks import Task

from zaiti.clock.troubles import watched

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

LETTERS, MAIL, CLOCK, SCANS = QUEUES = ("default", "mail", "clock", "scans")
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)
CLOCK_WAIT = timedelta(minutes=10)  # what the law dates by the day does not wait long
GIVEN_UP = timedelta(hours=24)
WORDS: dict[str, Any] = {}  # what administrators read of a job, by its name

# Not the app's own: inside a worker that one commits at once, on a connection beside Django's.
in_djangos_transaction = JobManager(DjangoConnector())


class Final(Exception):  # noqa: N818 - a word of the house, like Refused
    """Trying again is of no use: a person must look."""


class Busy(Exception):  # noqa: N818 - as above
    """Another worker is at the same thing at this moment."""


class Patience(BaseRetryStrategy):
    """Wait twice as long each time, up to a longest wait; after a day the job is listed as failed."""

    def __init__(self, longest: timedelta) -> None:
        self.waits = list(_waits(longest))

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Say when to try again, if at all."""
        if isinstance(exception, Final) or job.attempts >= len(self.waits):
            return None
        return RetryDecision(retry_in={"seconds": int(self.waits[job.attempts].total_seconds())})


def _waits(longest: timedelta) -> Iterator[timedelta]:
    wait, whole = FIRST_WAIT, timedelta()
    while whole < GIVEN_UP:
        yield wait
        whole += wait
        wait = min(2 * wait, longest)


def words_of(name: str) -> Any:
    """What a job is for; one that is no longer declared stands for itself."""
    return WORDS.get(name, name)


def job(
    name: str,
    words: Any,
    *,
    about: Callable[..., str],
    queue: str = LETTERS,
    priority: int = 0,
    queueing_lock: str | None = None,
) -> Callable[[Callable[P, R]], Task[P, R, P]]:
    """Declare a job in words; `about` says from its arguments whom or what it is for, should it fail."""
    WORDS[name] = words
    return app.task(
        name=name,
        queue=queue,
        priority=priority,
        queueing_lock=queueing_lock,
        retry=Patience(CLOCK_WAIT if queue == CLOCK else LONGEST_WAIT),
        task_middleware=[watched(about)],
    )


def by_clock(name: str, words: Any, cron: str) -> Callable[[Callable[[int], None]], Task[Any, None, Any]]:
    """Declare a job that comes round by itself; it waits once at most."""

    def declare(does: Callable[[int], None]) -> Task[Any, None, Any]:
        task = job(name, words, about=lambda **_: "", queue=CLOCK, queueing_lock=name)(does)
        return app.periodic(cron=cron)(task)

    return declare


def defer(task: Task[Any, Any, Any], **args: Any) -> int:
    """Leave a job in Django's transaction, wherever this runs: it is there exactly when the deed is."""
    made = task.configure(task_kwargs=args).job
    return JobDeferrer(in_djangos_transaction, made).defer()


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Be the only one at something long, without a transaction; at a crash the database lets go of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        if cursor.fetchone() != (True,):
            raise Busy(name)
    holder = connection.connection
    try:
        yield
    finally:
        if connection.connection is holder and not holder.closed:  # a lost connection has freed it already
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])


def one_by_one(due: models.QuerySet[M], act: Callable[[M], R]) -> list[R]:
    """Do each in a transaction of its own, if it is still due; one that fails holds up no other."""
    done, failures = [], []
    for pk in list(due.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                row = due.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
                if row is not None:
                    done.append(act(row))
        except Exception as failure:
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {len(failures) + len(done)} failed", failures)
    return done
