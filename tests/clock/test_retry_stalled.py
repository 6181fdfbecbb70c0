"""A job whose worker was killed is done by another."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from zaiti.clock.tasks import MOST_KILLS, retry_stalled
from zaiti.clock.troubles import failed
from zaiti.papers.tasks import render


def begun(*, beat_s: int | None = 0, tries: int = 0, **how) -> int:
    """A job left “doing” by a worker that was last seen so long ago; without a beat its row is gone."""
    job = render.configure(**how).defer(paper=1)
    with connection.cursor() as cursor:
        worker = None
        if beat_s is not None:
            seen = timezone.now() - timedelta(seconds=beat_s)
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [seen]
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
            [worker, tries, job],
        )
    return job


def retry() -> None:
    retry_stalled(timestamp=0)


def states() -> list[tuple[str, int]]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("status", "attempts"))


@pytest.mark.parametrize("beat_s", [60, None])
def test_a_job_of_a_dead_worker_goes_back_into_the_queue(beat_s):
    begun(beat_s=beat_s)
    retry()
    assert states() == [("todo", 1)]


def test_a_job_of_a_living_worker_is_left_to_it():
    begun(beat_s=1)
    retry()
    assert states() == [("doing", 0)]


def test_a_job_that_kills_its_worker_each_time_is_listed():
    job = begun(beat_s=60)
    for _time in range(MOST_KILLS):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
        retry()
    [listed] = failed(10)
    assert (listed.pk, listed.kind) == (job, "killed")


def test_tries_that_failed_before_do_not_count_as_kills():
    begun(beat_s=60, tries=20)
    retry()
    assert states() == [("todo", 21)]


@pytest.mark.django_db(transaction=True)
def test_one_that_waits_already_is_not_queued_twice():
    begun(beat_s=60, queueing_lock="once")
    begun(beat_s=60)
    render.configure(queueing_lock="once").defer(paper=2)
    retry()
    assert [status for status, _tries in states()] == ["doing", "todo", "todo"]


def test_it_comes_round_by_the_clock():
    assert retry_stalled.queue == "clock"
