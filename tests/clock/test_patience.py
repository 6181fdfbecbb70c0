"""A job that fails is tried again, later each time, for a day; then it is listed."""

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.at_work import at_work, until
from zaiti.clock.jobs import CLOCK, FIRST_WAIT, QUEUES, Patience, defer, words_of
from zaiti.clock.models import Trouble
from zaiti.clock.troubles import again, failed
from zaiti.outbox.tasks import mail
from zaiti.papers.models import Paper
from zaiti.papers.tasks import render
from zaiti.screening.scan_reports import read_scan
from zaiti.screening.tasks import deem_overdue, run_clock

TASKS = {name: task for name, task in app.tasks.items() if "procrastinate" not in name}
SAMPLE = "papers/papers/sample.typ"


def later() -> None:
    """As if the time to the next try had passed."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


def letter(template: str) -> int:
    """A letter on this layout, and its job."""
    make.paper()
    Paper.objects.update(template=template)
    return ProcrastinateJob.objects.values_list("pk", flat=True).get(task_name="papers.render")


def state(job: int) -> tuple[str, int]:
    return ProcrastinateJob.objects.values_list("status", "attempts").get(pk=job)


@pytest.mark.parametrize("name", TASKS)
def test_every_job_has_patience_a_queue_that_is_worked_off_and_words(name):
    task = TASKS[name]
    assert isinstance(task.retry_strategy, Patience)
    assert task.queue in QUEUES
    assert words_of(name) != name


def test_there_are_jobs_to_judge():
    assert len(TASKS) > 10


@pytest.mark.parametrize("task", [mail, run_clock])
def test_the_waits_grow_and_last_a_day(task):
    waits = task.retry_strategy.waits
    assert waits[0] == FIRST_WAIT
    assert waits == sorted(waits)
    assert timedelta(hours=24) <= sum(waits, timedelta()) < timedelta(hours=26)
    assert max(waits) <= timedelta(minutes=10) if task.queue == CLOCK else timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("task", [mail, render, read_scan])
def test_a_job_whose_row_is_not_there_comes_back(task):
    argument = {mail: "message", render: "paper", read_scan: "reading"}[task]
    job = defer(task, **{argument: 4_040_404})
    with at_work():
        until(lambda: state(job) == ("todo", 1))
    assert Trouble.objects.get(job=job).kind == Trouble.Kind.MISSING


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_cannot_be_typeset_is_made_once_it_can():
    job = letter("papers/papers/nowhere.typ")
    with at_work():
        until(lambda: state(job) == ("todo", 1))
        assert Trouble.objects.get(job=job).kind == Trouble.Kind.LAYOUT
        Paper.objects.update(template=SAMPLE)
        later()
        until(lambda: state(job)[0] == "succeeded")
    assert Paper.objects.get().pdf
    assert not Trouble.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_store_that_cannot_be_used_loses_no_letter(settings, tmp_path):
    blocked = tmp_path / "files"
    blocked.write_text("a file where a folder should be")
    local = {**settings.STORAGES["default"], "OPTIONS": {"location": str(blocked)}}
    settings.STORAGES = {**settings.STORAGES, "default": local}
    job = letter(SAMPLE)
    with at_work():
        until(lambda: state(job) == ("todo", 1))
        assert Trouble.objects.get(job=job).kind == Trouble.Kind.STORE
        blocked.unlink()
        later()
        until(lambda: state(job)[0] == "succeeded")
    assert Paper.objects.get().pdf


@pytest.mark.django_db(transaction=True)
def test_after_the_last_wait_it_is_listed_and_can_be_sent_again():
    job = defer(mail, message=4_040_404)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s", [len(mail.retry_strategy.waits)])
    with at_work():
        until(lambda: state(job)[0] == "failed")
    assert [row.pk for row in failed(10)] == [job]
    assert again() == 1
    assert state(job) == ("todo", 0)
    assert failed(10) == []
    assert again() == 0


def test_of_jobs_that_may_wait_once_one_is_sent_again():
    for _round in range(2):
        defer(run_clock, timestamp=0)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'todo'")
    assert again() == 1
    assert failed(10) == []


@pytest.mark.django_db(transaction=True)
def test_what_went_well_the_next_time_round_is_no_longer_listed():
    old = defer(run_clock, timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    new = defer(run_clock, timestamp=1)
    with at_work():
        until(lambda: state(new)[0] == "succeeded")
    assert state(old)[0] == "cancelled"


@pytest.mark.django_db(transaction=True)
def test_one_that_fails_holds_up_no_other():
    late = [make.long_ago(make.to_screen()[0]) for _number in range(3)]
    first = min(late, key=lambda row: row.pk)
    with connection.cursor() as cursor:  # something about the first that nobody foresaw
        cursor.execute(
            "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;"
            "CREATE TRIGGER no BEFORE UPDATE ON applications_application FOR EACH ROW"
            f" WHEN (OLD.id = {first.pk}) EXECUTE FUNCTION no()"
        )
    try:
        with pytest.raises(ExceptionGroup):
            deem_overdue()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER no ON applications_application; DROP FUNCTION no")
    states = {row.pk: type(row).objects.get(pk=row.pk).state for row in late}
    assert [pk for pk, state in states.items() if state != "accepted"] == [first.pk]
