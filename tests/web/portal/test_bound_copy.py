"""The bound copy's page, as the unit and its district's officers come to it."""

import pytest
from django.test import Client

from tests import make
from zaiti.applications.models import BoundCopy
from zaiti.applications.tasks import bind

pytestmark = pytest.mark.django_db


def client(user) -> Client:
    made = Client()
    made.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made


@pytest.fixture
def submission():
    return make.application(state="submitted").submissions.get()


@pytest.fixture(params=["unit", "district"])
def reader(request, submission):
    application = submission.application
    if request.param == "unit":
        return client(submission.by), f"/my/applications/{application.pk}/bound/"
    return client(make.holder("officer", application.authority)), f"/desk/screening/{application.pk}/bound/"


def test_it_is_asked_for_waited_for_and_taken(reader):
    browser, address = reader
    assert "Bind the copy" in browser.get(address, headers={"accept-language": "en"}).text
    assert browser.post(address).url == address
    waiting = browser.get(address, headers={"hx-request": "true", "accept-language": "en"}).text
    assert 'hx-trigger="every 2s"' in waiting
    assert "<html" not in waiting
    copy = BoundCopy.objects.get()
    bind.func(copy=copy.pk)
    copy.refresh_from_db()
    there = f"/files/{copy.file_id}/"
    assert there in browser.get(address).text
    assert browser.get(there)["Content-Type"] == "application/pdf"
    assert client(make.user()).get(there).status_code == 404


def test_nothing_handed_in_cannot_be_bound(submission):
    draft = make.application(state="draft")
    member = make.user(organisation=draft.organisation, org_role="owner")
    assert client(member).get(f"/my/applications/{draft.pk}/bound/").status_code == 404
