import pytest
from django.core import mail as mails
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from zaiti.outbox.notify import notify
from zaiti.outbox.tasks import mail


@pytest.fixture
def _letter(settings, tmp_path):
    (tmp_path / "letter.txt").write_text("关于{{ what }}\n\n正文：{{ what }}。")
    settings.TEMPLATES[0]["DIRS"] = [tmp_path, *settings.TEMPLATES[0]["DIRS"]]
    settings.TEMPLATES = [*settings.TEMPLATES]


@pytest.mark.usefixtures("_letter")
def test_the_first_line_is_the_subject_and_the_rest_the_body():
    reader = make.user()
    [message] = notify(reader, "letter.txt", what="“A&B”", about=reader)
    assert (message.subject, message.body) == ("关于“A&B”", "正文：“A&B”。")
    assert (message.about, message.about_id) == ("accounts.user", reader.pk)
    assert list(reader.inbox.all()) == [message]


@pytest.mark.usefixtures("_letter")
def test_a_mail_goes_once_to_those_who_have_an_address():
    silent, reached = make.user(), make.user()
    reached.email = "someone@example.com"
    reached.save()
    messages = notify([silent, reached], "letter.txt", what="补正")
    assert ProcrastinateJob.objects.filter(task_name="outbox.mail").count() == 1
    for _attempt in range(2):
        mail(messages[1].pk)
    mail(messages[0].pk)
    assert [sent.to for sent in mails.outbox] == [["someone@example.com"]]
