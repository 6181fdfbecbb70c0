"""An opened year is abandoned while nobody has handed in: by two people, with a reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests import make
from zaiti.core import Refused
from zaiti.outbox.models import Message
from zaiti.programmes.actions import open_year
from zaiti.studio.actions import decide_abandonment, prepare_abandonment, send_back_abandonment


def at_city(role="approver"):
    return make.holder(role, make.city())


def test_its_calls_are_withdrawn_and_the_districts_told():
    call, told = make.call(), make.holder("officer")
    asked = make.prepared_abandonment(call.cycle)
    decide_abandonment(asked, by=at_city())
    call.refresh_from_db()
    assert (call.state, call.cycle.state, call.is_open()) == ("withdrawn", "abandoned", False)
    assert call.publication.taken_down_reason == "上级调整了本年度安排"
    assert Message.objects.filter(to=told, template="studio/mail/abandoned.txt").exists()


def test_who_has_begun_an_application_is_told_and_can_begin_no_other():
    application = make.application()
    decide_abandonment(make.prepared_abandonment(application.call.cycle), by=at_city())
    assert Message.objects.filter(to=application.contact, template="studio/mail/abandoned.txt").exists()


def test_once_somebody_handed_in_it_is_refused_even_between_the_two_people():
    call = make.call()
    asked = make.prepared_abandonment(call.cycle)
    make.application(call=call, state="submitted")
    with pytest.raises(Refused, match="handed in"):
        decide_abandonment(asked, by=at_city())
    with pytest.raises(Refused):
        prepare_abandonment(call.cycle, by=at_city("officer"), reason="…理由")
    asked.refresh_from_db()
    assert (asked.state, asked.cycle.state) == ("prepared", "open")


def test_sent_back_the_year_goes_on_and_it_can_be_asked_again():
    asked = make.prepared_abandonment()
    send_back_abandonment(asked, by=at_city(), reason="不必终止")
    assert asked.cycle.state == "open"
    again = prepare_abandonment(asked.cycle, by=at_city("officer"), reason="另有安排")
    assert (again.pk, again.reason, again.state) == (asked.pk, "另有安排", "prepared")


def test_its_code_stays_taken():
    cycle = open_year(make.pack("luohu-2024"), by=at_city("officer"))
    decide_abandonment(make.prepared_abandonment(cycle), by=at_city())
    with pytest.raises(Refused, match="already been opened"):
        open_year(make.pack("luohu-2024"), by=at_city("officer"))


@pytest.mark.parametrize("role", ["approver", "reviewer"])
def test_only_an_officer_of_the_city_asks_and_says_why(role):
    cycle = make.cycle()
    for person in (at_city(role), make.holder("officer")):
        with pytest.raises(PermissionDenied):
            prepare_abandonment(cycle, by=person, reason="理由")
    with pytest.raises(Refused):
        prepare_abandonment(cycle, by=at_city("officer"), reason=" ")


def test_in_the_pages_two_people_abandon_a_year(client):
    cycle = make.cycle()
    page = reverse("desk:plan_year", args=[cycle.pk])
    client.force_login(at_city("officer"))
    address = reverse("desk:plan_abandon", args=[cycle.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "上级调整了安排"}).status_code == 302
    assert "上级调整了安排" in client.get(page).text
    decide = reverse("desk:plan_abandon_decide", args=[cycle.pk])
    assert client.post(decide).status_code == 403
    client.force_login(at_city())
    assert decide in client.get(page).text
    assert client.post(decide).status_code == 302
    cycle.refresh_from_db()
    assert cycle.state == "abandoned"
    assert decide not in client.get(page).text
