"""The city's own notice to its districts: two people, a number, two attachments, a receipt of each."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests import make
from zaiti.core import Refused
from zaiti.notices.actions import (
    acknowledge,
    prepare_city_notice,
    prepare_correction,
    publish_amendment,
    publish_city_notice,
    remind_of_city_notice,
)
from zaiti.notices.models import CityNotice, Publication
from zaiti.notices.queries import latest, not_acknowledged
from zaiti.notices.to_districts import with_plan_as_it_is
from zaiti.outbox.models import Message
from zaiti.papers.typst import render_pdf
from zaiti.programmes.actions import set_quotas

pytestmark = pytest.mark.django_db


def published():
    notice = make.city_notice()
    publish_city_notice(notice, by=make.holder("approver", make.city()))
    return notice


def told(person):
    return list(Message.objects.filter(to=person).order_by("id").values_list("template", flat=True))


def test_it_is_a_numbered_text_with_the_plan_the_rubrics_and_what_is_asked_of_districts():
    text = published().publication
    assert (text.kind, text.authority) == (Publication.Kind.NOTICE, make.city())
    assert text.doc_number == "深人社函〔2025〕48号"  # the pack's [N1]
    told_districts = (
        "加强组织领导",
        "加强宣传引导",
        "做好监管服务",
        "2025年5月15日",
        "2025年7月11日",
        "63家",
    )
    assert all(words in text.body for words in told_districts)
    plan, rubrics = text.body.split("## 附件1")[1].split("## 附件2")
    assert "| 示例luohu区 | 2 | 0 | 0 | 2 |" in plan
    assert all(f"{kind.name}评审细则" in rubrics for kind in text.cycle.types.all())
    assert render_pdf(text.paper).startswith(b"%PDF")


def test_every_districts_officers_get_it_and_acknowledge_it_once():
    officer, other = make.holder("officer"), make.holder("officer")
    notice = published()
    assert told(officer) == told(other) == ["notices/mail/city_notice.txt"]
    made = acknowledge(notice, make.district(), by=officer)
    assert (made.by, made.authority) == (officer, make.district())
    assert not not_acknowledged(notice).exists()
    with pytest.raises(Refused, match="already"):
        acknowledge(notice, make.district(), by=other)


def test_nobody_acknowledges_for_another_district_nor_before_it_is_out():
    notice = make.city_notice()
    with pytest.raises(Refused, match="not published"):
        acknowledge(notice, make.district(), by=make.holder("officer"))
    for person in (make.holder("officer", make.district("futian")), make.holder("approver"), make.user()):
        with pytest.raises(PermissionDenied):
            acknowledge(notice, make.district(), by=person)


def test_who_has_not_acknowledged_is_reminded_once_a_day():
    officer, city_officer = make.holder("officer"), make.holder("officer", make.city())
    notice = published()
    assert remind_of_city_notice(notice, by=city_officer) == 1
    assert told(officer)[-1] == "programmes/mail/nudge.txt"
    with pytest.raises(Refused, match="today"):
        remind_of_city_notice(notice, by=city_officer)


def test_a_plan_changed_before_approval_goes_back_first():
    notice = make.city_notice()
    make.quota(3, carrier_type=notice.cycle.types.get(code="base"))
    with pytest.raises(Refused, match="have changed"):
        publish_city_notice(notice, by=make.holder("approver", make.city()))


def test_a_plan_changed_afterwards_is_corrected_by_the_house_and_every_district_told():
    officer, notice = make.holder("officer"), published()
    cycle, quota = notice.cycle, notice.cycle.quotas.get()
    writer = make.holder("officer", make.city())
    set_quotas(cycle, by=writer, places={(quota.authority_id, quota.carrier_type_id): 5})
    old = notice.publication
    body = with_plan_as_it_is(old.body, cycle)
    assert "| 示例luohu区 | 5 | 0 | 0 | 5 |" in body
    assert body.replace(" 5 |", " 2 |") == old.body
    made = prepare_correction(old, by=writer, title=old.title, body=body, reason="名额调整")
    publish_amendment(made, by=make.holder("approver", make.city()))
    assert "| 示例luohu区 | 5 |" in latest(old).body
    assert told(officer)[-1] == "notices/mail/amended.txt"


def test_without_places_or_without_a_text_of_the_citys_there_is_no_notice():
    writer, cycle = make.holder("officer", make.city()), make.cycle()
    with pytest.raises(Refused, match="district's own notice"):
        prepare_city_notice(cycle, by=writer)
    make.restate(cycle, level="city")
    with pytest.raises(Refused, match="plan is empty"):
        prepare_city_notice(cycle, by=writer)
    with pytest.raises(PermissionDenied):
        prepare_city_notice(cycle, by=make.holder("officer"))


def test_the_page_goes_through_it_for_city_and_district(client):
    notice = make.city_notice()
    here = reverse("desk:city_notice", args=[notice.cycle_id])
    officer = make.holder("officer")
    client.force_login(officer)
    assert client.get(here).status_code == 404
    client.force_login(make.holder("approver", make.city()))
    preview = reverse("desk:city_notice_preview", args=[notice.cycle_id])
    assert client.get(preview).content.startswith(b"%PDF")
    assert client.post(reverse("desk:city_notice_publish", args=[notice.cycle_id])).status_code == 302
    client.force_login(officer)
    assert here in client.get(reverse("desk:start")).content.decode()
    receive = reverse("desk:city_notice_acknowledge", args=[notice.cycle_id, make.district().pk])
    assert receive in client.get(here).content.decode()
    assert client.post(receive).status_code == 302
    assert officer.name in client.get(here).content.decode()
    assert here not in client.get(reverse("desk:start")).content.decode()
    assert CityNotice.objects.get().acknowledgements.get().by == officer
