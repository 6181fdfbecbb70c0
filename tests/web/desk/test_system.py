"""The administrator's page of how the system fares."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from zaiti import clock
from zaiti.clock.models import Trouble
from zaiti.files.scrubbing import go_on
from zaiti.ledger.models import ChainCheck
from zaiti.outbox.tasks import mail
from zaiti.papers.tasks import render
from zaiti.papers.typst import substitutions
from zaiti.web.ui.dates import iso_moment

PAGE = "/desk/system/"
AGAIN = "/desk/system/again/"
MOST_QUERIES = 12


@pytest.fixture
def shown(client):
    """The page as the administrator reads it, in English."""
    client.force_login(make.user(is_admin=True))
    return lambda: " ".join(client.get(PAGE, headers={"Accept-Language": "en"}).text.split())


def line(page: str, name: str) -> str:
    """One line of the page: what stands beside a name."""
    return page.split(f"<dt>{name}</dt>", 1)[1].split("</dd>", 1)[0]


def worker(*, seen_s: int) -> None:
    with connection.cursor() as cursor:
        seen = timezone.now() - timedelta(seconds=seen_s)
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [seen])


def age(job: int, **how: int) -> None:
    with connection.cursor() as cursor:
        at = timezone.now() - timedelta(**how)
        cursor.execute("UPDATE procrastinate_events SET at = %s WHERE job_id = %s", [at, job])


def test_a_worker_that_beats_is_at_work(shown):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")  # what tests that committed for real left
    assert "last seen: never" in line(shown(), "Workers")
    worker(seen_s=300)
    assert "no worker runs" in line(shown(), "Workers")
    worker(seen_s=1)
    assert "running" in line(shown(), "Workers")


def test_the_queue_tells_its_length_and_the_age_of_its_oldest_job(shown):
    assert "—" in line(shown(), "Oldest waiting job")
    age(render.defer(paper=1), minutes=3)
    assert "please look" not in line(shown(), "Oldest waiting job")
    age(render.defer(paper=2), hours=2)
    page = shown()
    assert ">2" in line(page, "Jobs waiting")
    assert "2 hours" in line(page, "Oldest waiting job")
    assert "please look" in line(page, "Oldest waiting job")


def test_a_job_for_later_does_not_wait_yet(shown):
    render.configure(schedule_in={"hours": 1}).defer(paper=1)
    assert ">0" in line(shown(), "Jobs waiting")


def test_jobs_begun_and_failed_are_counted(shown):
    for status in ("doing", "failed"):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s",
                [status, render.defer(paper=1)],
            )
    page = shown()
    assert ">1" in line(page, "Jobs being done")
    assert "please look" in line(page, "Jobs failed")


@pytest.mark.parametrize(
    ("hours", "broken", "said"), [(2, None, "holds"), (2, 7, "does not hold"), (48, None, "please look")]
)
def test_the_last_check_of_the_ledger_stands_there(shown, hours, broken, said):
    assert "not recomputed yet" in line(shown(), "Last recomputed")
    at = clock.now() - timedelta(hours=hours)
    ChainCheck.objects.create(asked_at=at, done_at=at, entries=5, broken_entry=broken)
    page = shown()
    assert said in line(page, "Entries") + line(page, "Last recomputed")


def test_fonts_that_are_stood_in_for_are_named(shown):
    said = line(shown(), "Official fonts")
    assert all(slot in said for slot in substitutions())
    assert ("stand in" in said) == bool(substitutions())


def test_mail_tells_where_it_goes(shown, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert "no mail is sent" in line(shown(), "Mail")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_HOST_PASSWORD = "mail.internal", "hidden-word"
    page = shown()
    assert "mail.internal:25" in line(page, "Mail")
    assert "hidden-word" not in page


def test_database_files_and_versions_stand_there_without_secrets(shown, settings):
    page = shown()
    named = settings.DATABASES["default"]
    assert named["NAME"] in line(page, "Database")
    assert "data folder" in line(page, "Files")
    assert "GB" in line(page, "Room on the disk")
    assert line(page, "PostgreSQL").rpartition(">")[2].split(".")[0].isdecimal()
    assert settings.SECRET_KEY not in page
    assert not named["PASSWORD"] or named["PASSWORD"] not in page


def test_files_in_s3_are_named_by_their_bucket(shown, settings):
    s3 = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": "zaiti-files"}}
    settings.STORAGES = {**settings.STORAGES, "default": s3}
    assert "S3 bucket zaiti-files" in line(shown(), "Files")


@pytest.mark.parametrize(
    "who",
    [
        make.user,
        make.applicant,
        lambda: make.holder("officer"),
        lambda: make.holder("approver", make.city()),
        lambda: make.holder("auditor"),
    ],
)
def test_nobody_else_sees_it(client, who):
    assert client.get(PAGE).status_code == 302
    client.force_login(who())
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/desk/").text


def test_it_stands_in_the_administrators_menu(client):
    client.force_login(make.user(is_admin=True))
    assert PAGE in client.get("/desk/").text


@pytest.mark.parametrize("number", [1, 20])
def test_it_costs_the_same_however_long_the_queue(shown, django_assert_max_num_queries, number):
    for paper in range(number):
        render.defer(paper=paper)
    with django_assert_max_num_queries(MOST_QUERIES):
        shown()


def test_a_damaged_file_is_named_with_what_to_do(shown):
    page = shown()
    assert "not compared yet" in line(page, "Files compared")
    assert "What to do" not in page
    file = make.stored_file(b"torn by a kill")
    Path(default_storage.path(file.content.name)).write_bytes(b"torn")
    list(go_on())
    page = shown()
    assert iso_moment(clock.now())[:10] in line(page, "Files compared")
    assert "torn" in line(page, "Damaged file")
    assert file.sha256 in line(page, "Damaged file")
    assert "Copy these files back from the backup" in line(page, "What to do")


def fail(**args) -> int:
    """A mail that was given up."""
    job = mail.defer(**args)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed', attempts = 30 WHERE id = %s",
            [job],
        )
    now = timezone.now()
    Trouble.objects.create(
        job=job, since=now, at=now, kind="unreachable", about="示例人甲", detail="Timed out"
    )
    return job


def states() -> list[tuple[str, int]]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("status", "attempts"))


def test_what_was_given_up_stands_there_in_words(shown):
    assert "Given up" not in shown()
    fail(message=1)
    page = shown()
    for words in ("Mail to an account", "示例人甲", "The mail server does not answer", "Timed out"):
        assert words in page


def test_one_or_all_are_sent_again(client, shown):
    first, *_others = [fail(message=number) for number in range(3)]
    shown()
    client.post(AGAIN, {"job": first})
    assert states() == [("todo", 0), ("failed", 30), ("failed", 30)]
    client.post(AGAIN)
    assert states() == [("todo", 0)] * 3
    assert "Given up" not in shown()
    assert client.post(AGAIN, {"job": "1; DROP"}).status_code == 404


def test_a_long_list_costs_the_same(shown, django_assert_max_num_queries):
    for number in range(30):
        fail(message=number)
    with django_assert_max_num_queries(MOST_QUERIES):
        shown()
