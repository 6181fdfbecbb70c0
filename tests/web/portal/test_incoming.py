"""Large files on their way in: with room for them, and without."""

import errno
import os
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.web.portal.helpers import browser
from zaiti.files import disk
from zaiti.files.models import StoredFile
from zaiti.web.http import incoming


@pytest.fixture
def sent(settings):
    """Send a file larger than what is kept in memory."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    application = make.application()
    client = browser(application.contact)
    client.raise_request_exception = False
    pdf = make.pdf() + b"\n%" + os.urandom(4000).hex().encode() + b"\n%%EOF\n"

    def send(**headers):
        files = [SimpleUploadedFile("申报表.pdf", pdf)]
        return client.post(
            f"/my/applications/{application.pk}/drop/",
            {"files": files},
            headers={"Accept-Language": "en"} | headers,
        )

    return send


def test_it_is_taken_in_and_its_draft_is_gone(sent, settings):
    assert sent().status_code == 302
    assert StoredFile.objects.count() == 1
    assert not list(settings.INCOMING.iterdir())


@pytest.mark.parametrize("header", [{}, {"HX-Request": "true"}])
def test_without_room_the_answer_is_a_sentence(sent, monkeypatch, header):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _path: SimpleNamespace(free=5000, total=10_000))
    answer = sent(**header)
    assert answer.status_code == 409
    assert "no room left for files" in answer.text
    assert not StoredFile.objects.exists()


def test_a_disk_that_fills_up_on_the_way_is_a_sentence_too(sent, monkeypatch):
    class Full(incoming.Incoming):
        def write(self, _bytes):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(incoming, "Incoming", Full)
    answer = sent()
    assert answer.status_code == 409
    assert "no room left for files" in answer.text


def test_words_without_a_file_are_taken_on_a_full_disk(monkeypatch):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _path: SimpleNamespace(free=0, total=10_000))
    application = make.application()
    client = browser(application.contact)
    slot = application.carrier_type.materials.all()[0]
    here = f"/my/applications/{application.pk}/slots/{slot.pk}/explain/"
    assert client.post(here, {"text": "示例"}).status_code == 302  # multipart, as test clients send
