import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.accounts.models import Post
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.screening.actions import (
    accept,
    approve_extra_return,
    ask_extra_return,
    mark_rest,
    refuse_extra_return,
    return_for_correction,
)
from zaiti.screening.models import ExtraReturn

WHY = "缺页系扫描设备故障。"


def used_up():
    application, officer, _correction = make.corrected()
    make.faulty(application, officer)
    return application, officer


def asked():
    application, officer = used_up()
    return ask_extra_return(application, by=officer, why=WHY), officer


def senior(ask, role="approver"):
    return make.holder(role, ask.application.authority)


def test_a_second_return_is_refused_until_a_senior_approved_it():
    ask, officer = asked()
    with pytest.raises(Refused, match="senior's approval"):
        return_for_correction(ask.application, by=officer, reasons=make.FAULT)
    approve_extra_return(ask, by=senior(ask))
    correction = return_for_correction(ask.application, by=officer, reasons=make.FAULT)
    assert ask.application.corrections.count() == 2
    assert correction.paper.facts["chances"] == 2


def test_seniors_are_told_and_then_the_officer():
    application, officer = used_up()
    approver = make.holder("approver", application.authority)
    ask = ask_extra_return(application, by=officer, why=WHY)
    asked = {m.to for m in Message.objects.filter(template__endswith="extra_return_asked.txt")}
    assert approver in asked
    assert officer not in asked
    refuse_extra_return(ask, by=approver, reason="已给过机会。")
    told = Message.objects.get(template__endswith="extra_return_decided.txt")
    assert (told.to, "已给过机会。" in told.body) == (officer, True)
    verbs = Entry.objects.filter(thing_type="screening.extrareturn").order_by("id")
    assert [(e.verb, e.by) for e in verbs] == [("ask_extra_return", officer), ("refuse", approver)]


def test_who_asked_never_decides():
    application, officer = used_up()
    both = make.holder("reviewer", application.authority)
    Post.objects.create(user=both, authority=application.authority, role="officer")
    ask = ask_extra_return(application, by=both, why=WHY)
    with pytest.raises(PermissionDenied):
        approve_extra_return(ask, by=both)
    with pytest.raises(PermissionDenied):
        approve_extra_return(ask, by=officer)


def test_another_districts_senior_may_not_decide():
    ask, _officer = asked()
    with pytest.raises(PermissionDenied):
        approve_extra_return(ask, by=make.holder("approver", make.district("nanshan")))


@pytest.mark.parametrize("reason", ["", "  "])
def test_reasons_are_wanted_on_both_sides(reason):
    application, officer = used_up()
    with pytest.raises(Refused):
        ask_extra_return(application, by=officer, why=reason)
    ask = ask_extra_return(application, by=officer, why=WHY)
    with pytest.raises(Refused):
        refuse_extra_return(ask, by=senior(ask), reason=reason)
    ask.refresh_from_db()
    assert ask.state == ExtraReturn.State.ASKED


def test_it_is_asked_once_and_only_when_the_chances_are_used_up():
    fresh, officer = make.to_screen()
    make.faulty(fresh, officer)
    with pytest.raises(Refused, match="still has a chance"):
        ask_extra_return(fresh, by=officer, why=WHY)
    ask, asker = asked()
    with pytest.raises(Refused, match="already"):
        ask_extra_return(ask.application, by=asker, why=WHY)


@pytest.mark.parametrize("decide", [approve_extra_return, refuse_extra_return])
def test_what_is_decided_stays_decided(decide):
    ask, _officer = asked()
    approve_extra_return(ask, by=senior(ask))
    more = {"reason": "…"} if decide is refuse_extra_return else {}
    with pytest.raises(Refused):
        decide(ask, by=senior(ask), **more)


def test_it_can_not_be_asked_for_what_is_accepted():
    application, officer, _correction = make.corrected()
    mark_rest(application, by=officer)
    accept(application, by=officer)
    with pytest.raises(Refused):
        ask_extra_return(application, by=officer, why=WHY)
