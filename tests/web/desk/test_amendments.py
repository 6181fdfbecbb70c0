"""Pages of changes of what is published."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from tests import make
from zaiti.notices.models import Amendment

HTMX = {"HX-Request": "true"}
MARKED = re.compile(r"</?(?:ins|del)\s*>")


@pytest.fixture
def officer(client):
    person = make.holder("officer")
    client.force_login(person)
    return person


def extended(client, call, reason="系统故障"):
    later = f"{localtime(call.closes_at) + timedelta(days=2):%Y-%m-%d %H:%M:%S}"
    address = reverse("desk:call_extend", args=[call.pk])
    return client.post(address, {"closes_at": later, "reason": reason})


def test_an_officer_prepares_and_another_publishes(client, officer):
    call = make.call()
    assert extended(client, call).status_code == 302
    made = Amendment.objects.get()
    here = reverse("desk:amendment", args=[made.pk])
    publish = reverse("desk:amendment_publish", args=[made.pk])
    assert publish not in client.get(here).content.decode()
    assert client.post(publish).status_code == 403
    client.force_login(make.holder("approver"))
    assert publish in client.get(here).content.decode()
    assert here in client.get(reverse("desk:start")).content.decode()
    assert client.get(reverse("desk:amendment_preview", args=[made.pk])).content.startswith(b"%PDF")
    assert client.post(publish).status_code == 302
    number = Amendment.objects.get().published.doc_number
    for address in (here, reverse("desk:call", args=[call.pk])):
        assert number in client.get(address).content.decode()


def test_what_is_missing_is_said_on_the_page_and_what_was_typed_is_kept(client, officer):
    call = make.call()
    answer = client.post(reverse("desk:call_extend", args=[call.pk]), {"closes_at": "", "reason": "停电"})
    assert answer.status_code == 422
    assert "停电" in answer.content.decode()
    assert not Amendment.objects.exists()


def test_an_earlier_time_is_refused_in_a_sentence(client, officer):
    call = make.call()
    earlier = f"{localtime(call.closes_at) - timedelta(days=2):%Y-%m-%d %H:%M:%S}"
    address = reverse("desk:call_extend", args=[call.pk])
    answer = client.post(address, {"closes_at": earlier, "reason": "系统故障"}, headers=HTMX)
    assert answer.status_code == 409


def test_a_text_is_corrected_by_two_and_the_public_sees_what_changed(client, officer):
    text = make.publication(body="材料交至3月5日。")
    given = {"title": text.title, "body": "材料交至3月6日。", "reason": "日期有误"}
    assert client.post(reverse("desk:text_correct", args=[text.pk]), given).status_code == 302
    made = Amendment.objects.get()
    client.force_login(make.holder("approver"))
    client.post(reverse("desk:amendment_publish", args=[made.pk]))
    new = Amendment.objects.get().published
    client.logout()
    for pk in (text.pk, new.pk):
        shown = MARKED.sub("", client.get(reverse("site:notice", args=[pk])).content.decode())
        for words in ("材料交至3月5日。", "材料交至3月6日。", "日期有误", new.doc_number):
            assert words in shown


def test_sent_back_with_a_reason_it_comes_up_again_as_it_was_written(client, officer):
    call = make.call()
    extended(client, call, "停电四小时")
    made = Amendment.objects.get()
    client.force_login(make.holder("approver"))
    address = reverse("desk:amendment_send_back", args=[made.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "请写明时段"}).status_code == 302
    client.force_login(officer)
    assert "请写明时段" in client.get(reverse("desk:amendment", args=[made.pk])).content.decode()
    assert "停电四小时" in client.get(reverse("desk:call_extend", args=[call.pk])).content.decode()


def test_another_districts_change_is_not_found(client, officer):
    extended(client, make.call())
    client.force_login(make.holder("approver", make.district("yantian")))
    for name in ("amendment", "amendment_preview"):
        assert client.get(reverse(f"desk:{name}", args=[Amendment.objects.get().pk])).status_code == 404


def test_the_pages_cost_at_most_twelve_queries(client, officer, django_assert_max_num_queries):
    call = make.call()
    extended(client, call)
    made = Amendment.objects.get()
    client.force_login(make.holder("approver"))
    with django_assert_max_num_queries(12):
        client.get(reverse("desk:amendment", args=[made.pk]))
    client.post(reverse("desk:amendment_publish", args=[made.pk]))
    client.logout()
    with django_assert_max_num_queries(12):
        client.get(reverse("site:notice", args=[call.publication_id]))
