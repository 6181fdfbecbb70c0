"""One click, one deed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.utils import timezone

from tests import make
from tests.at_once import at_once
from zaiti.accounts.models import Invitation
from zaiti.drafts.models import Sent
from zaiti.drafts.tasks import clear_sent
from zaiti.web.http.once import print_of_form

FORM = {"csrfmiddlewaretoken": "a" * 64, "name": "示例同事", "email": "colleague@example.com"}
INVITE = "/my/members/invite/"


def inside(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_form_sent_again_as_it_was_is_one_deed_and_says_so():
    owner = inside(make.applicant())
    first, second = owner.post(INVITE, FORM), owner.post(INVITE, FORM)
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert Invitation.objects.count() == 1
    assert len(list(get_messages(second.wsgi_request))) == 2


def test_the_same_words_from_a_page_drawn_anew_are_a_new_deed():
    owner = inside(make.applicant())
    owner.post(INVITE, FORM)
    owner.post(INVITE, FORM | {"csrfmiddlewaretoken": "b" * 64})
    assert Invitation.objects.count() == 2


def test_what_was_refused_may_be_sent_again_as_it_was():
    owner = inside(make.applicant())
    wrong = FORM | {"email": "nobody"}
    assert [owner.post(INVITE, wrong).status_code for _time in range(2)] == [422, 422]
    assert not Sent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_deed():
    user = make.applicant()
    clients = [inside(user) for _click in range(2)]
    at_once(*(lambda client=client: client.post(INVITE, FORM) for client in clients))
    assert Invitation.objects.count() == 1


def test_a_post_that_died_on_the_way_does_not_bar_the_next():
    owner = inside(make.applicant())
    owner.post(INVITE, FORM)
    Sent.objects.update(location="", at=timezone.now() - timedelta(minutes=2))
    owner.post(INVITE, FORM)
    assert Invitation.objects.count() == 2


def test_another_file_of_the_same_name_and_size_is_another_form():
    seen = set()
    for content in (b"one", b"two", b"one"):
        file = SimpleUploadedFile("a.pdf", content)
        request = RequestFactory().post("/objections/", {"csrfmiddlewaretoken": "a", "file": file})
        request.user = AnonymousUser()
        seen.add(print_of_form(request))
        assert request.FILES["file"].read() == content
    assert len(seen) == 2


def test_forms_of_yesterday_are_forgotten():
    Sent.objects.create(print="a", at=timezone.now() - timedelta(days=2), location="/")
    Sent.objects.create(print="b", at=timezone.now(), location="/")
    clear_sent(0)
    assert list(Sent.objects.values_list("print", flat=True)) == ["b"]


def test_a_text_longer_than_can_be_taken_gets_a_sentence(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
    owner = inside(make.applicant())
    answer = owner.post(INVITE, f"name={'x' * 2**21}", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "最多 1 MB" in answer.content.decode()  # said before the language is chosen for the test
