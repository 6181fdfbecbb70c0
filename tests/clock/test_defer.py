"""A job is there exactly when its deed is, also where the deed is itself a job."""

import pytest
from django.core import mail
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.at_work import at_work, idle, until
from zaiti.accounts.models import User
from zaiti.clock.jobs import defer
from zaiti.outbox.models import Message
from zaiti.papers.models import Paper
from zaiti.papers.tasks import render
from zaiti.screening.tasks import run_clock

TIMES = 3
LATE = 4


def waiting() -> int:
    return ProcrastinateJob.objects.filter(task_name="papers.render").count()


def test_a_job_goes_with_the_deed_that_is_undone():
    with transaction.atomic():
        defer(render, paper=1)
        assert waiting() == 1
        transaction.set_rollback(True)
    assert waiting() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", range(TIMES))
def test_what_a_job_leaves_behind_never_runs_before_its_deed_is_there(_time):
    late = [make.long_ago(make.to_screen()[0]) for _number in range(LATE)]
    Message.objects.all().delete()
    User.objects.update(email="someone@example.com")
    defer(run_clock, timestamp=0)
    with at_work():
        until(idle)
    letters = Paper.objects.filter(kind="acceptance")
    assert letters.count() == len(late)
    assert not letters.filter(pdf=None).exists()
    assert Message.objects.count() >= 2 * len(late)
    assert not Message.objects.filter(mailed_at=None).exists()
    assert len(mail.outbox) == Message.objects.count()
    assert not ProcrastinateJob.objects.filter(status="failed").exists()
