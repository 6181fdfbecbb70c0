"""Mail reaches its reader once, however bad the mail server is; what never can is listed."""

import pytest
from django.core import mail as mails
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.at_work import at_work, until
from tests.outbox.smtp import Server, free_port, running
from zaiti import clock
from zaiti.accounts.models import User
from zaiti.clock.jobs import Busy, alone, defer
from zaiti.clock.models import Trouble
from zaiti.clock.troubles import again, failed
from zaiti.outbox.mailing import send_once
from zaiti.outbox.models import Mailed, Message
from zaiti.outbox.tasks import mail
from zaiti.papers.models import Paper
from zaiti.publicity.notify import tell_objector

pytestmark = pytest.mark.django_db(transaction=True)
READER = "reader@example.com"


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 5
    return Server(settings.EMAIL_PORT)


def posted(address: str = READER) -> int:
    """A message that waits to be mailed; gives its job."""
    reader = make.user()
    User.objects.filter(pk=reader.pk).update(email=address)
    message = Message.objects.create(to=reader, subject="关于示例", body="正文", posted_at=clock.now())
    return defer(mail, message=message.pk)


def status(job: int) -> str:
    return ProcrastinateJob.objects.values_list("status", flat=True).get(pk=job)


def tried(job: int) -> bool:
    return ProcrastinateJob.objects.filter(pk=job, status="todo", attempts__gt=0).exists()


def later() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


def test_while_the_server_is_down_mail_waits_and_then_goes_once(server):
    jobs = [posted() for _number in range(3)]
    with at_work():
        until(lambda: all(map(tried, jobs)))
        assert {row.kind for row in Trouble.objects.all()} == {Trouble.Kind.UNREACHABLE}
        with running(server):
            later()
            until(lambda: all(status(job) == "succeeded" for job in jobs))
    assert [address for address, _id in server.taken] == [READER] * 3
    assert not Trouble.objects.exists()
    assert not Message.objects.filter(mailed_at=None).exists()


def test_a_server_that_breaks_off_is_tried_again_under_the_same_message_id(server):
    server.hangs_up = 1
    job = posted()
    with running(server), at_work():
        until(lambda: tried(job))
        later()
        until(lambda: status(job) == "succeeded")
    [(_address, number)] = server.taken
    assert "zaiti" not in number
    Mailed.objects.all().delete()  # as if a crash had come before it was noted
    Message.objects.update(mailed_at=None)
    with running(server):
        mail(Message.objects.get().pk)
    assert [again for _address, again in server.taken] == [number, number]


def test_an_address_refused_for_good_is_listed_and_the_others_go(server):
    wrong = "nobody@example.com"
    server.answers[wrong] = f"550 5.1.1 <{wrong}>: no such mailbox"
    refused, fine = posted(wrong), posted()
    with running(server), at_work():
        until(lambda: status(refused) == "failed" and status(fine) == "succeeded")
    [row] = failed(10)
    assert (row.pk, row.kind) == (refused, Trouble.Kind.NO_SUCH_ADDRESS)
    assert ProcrastinateJob.objects.get(pk=refused).attempts == 1
    assert "no such mailbox" in row.detail
    assert wrong in row.about
    server.answers.clear()
    again(refused)
    with running(server), at_work():
        until(lambda: status(refused) == "succeeded")
    assert [address for address, _id in server.taken] == [READER, wrong]


def test_an_address_refused_for_now_is_tried_again(server):
    server.answers[READER] = "451 4.7.1 greylisted, come back later"
    job = posted()
    with running(server), at_work():
        until(lambda: tried(job))
        server.answers.clear()
        later()
        until(lambda: status(job) == "succeeded")
    assert len(server.taken) == 1


def test_a_slow_server_holds_up_no_letter_and_no_transaction(server):
    server.pause = 4
    jobs = [posted() for _number in range(4)]
    make.paper()
    Paper.objects.update(template="papers/papers/sample.typ")
    with running(server), at_work():
        until(lambda: Paper.objects.filter(pdf__isnull=False).exists(), patience=4 * server.pause)
        assert len(server.taken) < len(jobs)
        with connection.cursor() as cursor:
            idle = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%%'"
            cursor.execute(
                f"{idle} AND datname = current_database() AND state_change < now() - interval '1 s'"
            )
            assert cursor.fetchone() == (0,)
        until(lambda: all(status(job) == "succeeded" for job in jobs))


def test_two_workers_at_the_same_mail_send_it_once(server):
    job = posted()
    with running(server):
        key = f"message:{Message.objects.get().pk}"
        with at_work(), alone(f"mail:{key}"):
            until(lambda: tried(job))
        assert server.taken == []
        mail(Message.objects.get().pk)
        mail(Message.objects.get().pk)
    assert len(server.taken) == 1
    assert Trouble.objects.get(job=job).detail.startswith(Busy.__name__)


def test_what_went_is_not_sent_again_by_whatever_key_it_had():
    for _time in range(2):
        send_once("one", "关于示例", "正文", READER)
    send_once("two", "关于示例", "正文", READER)
    assert len(mails.outbox) == 2


def test_an_objectors_address_is_kept_from_the_list_and_the_log(server, caplog):
    objection = make.objection(email="secret.objector@example.com")
    server.answers["secret.objector@example.com"] = "550 <secret.objector@example.com> unknown"
    job = defer(tell_objector, objection=objection.pk, what="已收到")
    with running(server), at_work():
        until(lambda: status(job) == "failed")
    trouble = Trouble.objects.get(job=job)
    assert "secret" not in trouble.about + trouble.detail + caplog.text
    assert objection.number in trouble.about
