"""What nobody needs any more is forgotten at night."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from zaiti.clock.tasks import JOBS_KEPT_DAYS, clear_jobs, clear_sessions
from zaiti.papers.tasks import render


def job(status, days):
    pk = render.defer(paper=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, pk])
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(days => %s) WHERE job_id = %s",
            [days, pk],
        )
    return pk


def test_jobs_done_long_ago_are_forgotten_and_failed_ones_kept():
    old, long_ago = JOBS_KEPT_DAYS + 1, job("succeeded", JOBS_KEPT_DAYS + 1)
    kept = {job("succeeded", 1), job("failed", old), job("todo", old)}
    clear_jobs(timestamp=0)
    left = set(ProcrastinateJob.objects.values_list("pk", flat=True))
    assert (long_ago in left, left) == (False, kept)


def test_sessions_that_ran_out_are_forgotten():
    for name in ("old", "new"):
        store = SessionStore()
        store["name"] = name
        store.save()
    first = Session.objects.all()[0]
    first.expire_date = timezone.now() - timedelta(days=1)
    first.save()
    clear_sessions.func(timestamp=0)
    assert list(Session.objects.values_list("pk", flat=True)) != [first.pk]
    assert Session.objects.count() == 1
