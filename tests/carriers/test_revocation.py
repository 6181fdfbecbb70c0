"""Revocation: the city alone, with notice and defence first, and two persons."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.applications.models import Application
from zaiti.carriers.actions import (
    decide_revocation,
    defend,
    drop_revocation,
    intend_revocation,
    prepare_revocation,
    send_back_revocation,
)
from zaiti.carriers.queries import revoked_before, was_revoked
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.notices.models import Publication
from zaiti.outbox.models import Message
from zaiti.papers.typst import render_pdf

pytestmark = pytest.mark.stands("one_carrier")


def city(role):
    return make.holder(role, make.city())


def last_mail():
    return Message.objects.order_by("id").last().template


def test_the_notice_names_ground_facts_and_the_day_to_answer():
    carrier = make.carrier()
    made = make.revocation(carrier)
    carrier.refresh_from_db()
    assert (carrier.state, made.state) == ("revoking", "intended")
    assert made.defence_due == clock.add_working_days(clock.today(), 5)
    assert made.notice.facts["ground"] == "失联"
    assert made.notice.authority == make.city()
    assert render_pdf(made.notice).startswith(b"%PDF")
    assert last_mail() == "carriers/mail/revocation_intended.txt"


@pytest.mark.parametrize("ground", ["fraud", "lost_contact", "relocated", "unable", "idle"])
def test_every_ground_of_the_notice_has_its_words(ground):
    assert make.revocation(ground=ground).notice.facts["ground"]


def test_not_performing_is_a_ground_to_correct_only():
    with pytest.raises(Refused):
        make.revocation(ground="not_performing")


def test_the_days_to_answer_may_be_more_but_not_fewer():
    first = clock.add_working_days(clock.today(), 5)
    carrier = make.carrier()
    with pytest.raises(Refused):
        make.revocation(carrier, defence_due=first - timedelta(days=1))
    assert make.revocation(carrier, defence_due=first + timedelta(days=9)).defence_due > first


@pytest.mark.parametrize(
    "who",
    [lambda: make.holder("officer"), lambda: city("approver"), lambda: city("reviewer"), make.applicant],
)
def test_only_the_citys_officer_opens_it(who):
    with pytest.raises(PermissionDenied):
        intend_revocation(make.carrier(), by=who(), ground="fraud", facts="…")


@pytest.mark.parametrize("state", ["revoking", "revoked"])
def test_it_is_opened_once(state):
    with pytest.raises(Refused):
        make.revocation(make.carrier(state=state))


def test_the_unit_defends_itself():
    made = make.revocation(state="defended")
    assert (made.state, made.defence) == ("defended", "我单位已搬至新址，仍在培训。")
    assert Message.objects.filter(template="carriers/mail/revocation_defended.txt").exists()


def test_after_the_day_no_defence_is_taken():
    made = make.revocation()
    with clock.at(clock.end_of_day(made.defence_due)), pytest.raises(Refused):
        defend(made, by=make.owner_of(made.carrier), defence="…")


def test_another_unit_does_not_defend():
    with pytest.raises(PermissionDenied):
        defend(make.revocation(), by=make.applicant(), defence="…")


def test_no_decision_before_the_defence_or_its_day():
    made, officer = make.revocation(), city("officer")
    with pytest.raises(Refused):
        prepare_revocation(made, by=officer, decision="…")
    made.refresh_from_db()
    assert made.state == "intended"
    with clock.at(clock.end_of_day(made.defence_due)):
        prepare_revocation(made, by=officer, decision="逾期未申辩。")
    assert made.state == "prepared"


def test_decided_it_is_sent_announced_and_shown_in_the_register():
    made, approver = make.revocation(state="prepared"), city("approver")
    decide_revocation(made, by=approver)
    carrier = made.carrier
    carrier.refresh_from_db()
    assert (carrier.state, carrier.revoked_on, made.approved_by) == ("revoked", clock.today(), approver)
    assert made.publication.kind == Publication.Kind.REVOCATION
    assert carrier.certificate_number in made.publication.body
    assert made.facts not in made.publication.body
    assert made.publication.doc_number == made.paper.number
    assert render_pdf(made.paper).startswith(b"%PDF")
    assert {"decide", "revoke"} <= set(Entry.objects.values_list("verb", flat=True))
    assert last_mail() == "carriers/mail/revocation_decided.txt"


def test_who_prepared_it_does_not_decide_it():
    made = make.revocation(state="prepared")
    make.now_approves(made.prepared_by, make.city())
    with pytest.raises(PermissionDenied):
        decide_revocation(made, by=made.prepared_by)


@pytest.mark.parametrize("who", [lambda: city("officer"), lambda: make.holder("approver"), make.applicant])
def test_only_the_citys_approver_decides(who):
    with pytest.raises(PermissionDenied):
        decide_revocation(make.revocation(state="prepared"), by=who())


@pytest.mark.parametrize("state", ["", "defended"])
def test_an_unprepared_decision_is_not_decided(state):
    with pytest.raises(Refused):
        decide_revocation(make.revocation(state=state), by=city("approver"))


def test_sent_back_it_is_prepared_again():
    made = make.revocation(state="prepared")
    send_back_revocation(made, by=city("approver"), reason="请核实新址。")
    assert (made.state, made.sent_back_reason, last_mail()) == (
        "returned",
        "请核实新址。",
        "carriers/mail/revocation_sent_back.txt",
    )
    prepare_revocation(made, by=city("officer"), decision="已核实。")
    assert (made.state, made.sent_back_reason) == ("prepared", "")


@pytest.mark.parametrize(
    ("state", "role"), [("", "officer"), ("defended", "officer"), ("prepared", "approver")]
)
def test_dropped_the_carrier_stays(state, role):
    made = make.revocation(state=state)
    drop_revocation(made, by=city(role), reason="已恢复联系。")
    made.carrier.refresh_from_db()
    assert (made.state, made.carrier.state) == ("dropped", "active")
    assert last_mail() == "carriers/mail/revocation_dropped.txt"


def test_a_district_drops_nothing():
    with pytest.raises(PermissionDenied):
        drop_revocation(make.revocation(), by=make.holder("officer"), reason="…")


def test_a_revoked_unit_is_remembered_when_it_applies_again():
    made = make.revocation(state="prepared")
    unit = made.carrier.organisation
    assert not revoked_before(unit)
    decide_revocation(made, by=city("approver"))
    assert [row.pk for row in revoked_before(unit)] == [made.carrier_id]


def test_the_same_can_be_asked_within_another_query():
    made = make.revocation(state="prepared")
    decide_revocation(made, by=city("approver"))
    found = Application.objects.annotate(once=was_revoked("organisation")).filter(once=True)
    assert set(found.values_list("organisation", flat=True)) == {made.carrier.organisation_id}
