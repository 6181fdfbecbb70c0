import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.applications.models import Application
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.screening.actions import accept
from zaiti.screening.models import Check, Ruling
from zaiti.web.ui.subjects import page_of

State = Application.State


def test_it_is_accepted_with_a_numbered_notice():
    application, officer = make.to_screen()
    ruling = accept(make.in_order(application, officer), by=officer)
    assert application.state == State.ACCEPTED
    assert (ruling.outcome, ruling.by) == (Ruling.Outcome.ACCEPTED, officer)
    assert ruling.paper.kind == "acceptance"
    assert ruling.paper.organisation == application.organisation
    assert ruling.paper.facts["materials"] == [["申报表", 1]]


def test_contact_and_owner_are_told_and_the_ledger_knows():
    application, officer = make.to_screen()
    application.contact = make.user(organisation=application.organisation, org_role="member")
    application.save()
    accept(make.in_order(application, officer), by=officer)
    told = Message.objects.filter(template="screening/mail/accepted.txt")
    assert {m.to for m in told} == set(application.organisation.members.all())
    assert {page_of(m) for m in told} == {f"/my/applications/{application.pk}/"}
    assert Entry.objects.filter(verb="accept", by=officer).count() == 1


def test_what_is_not_marked_can_be_marked_in_the_same_step():
    application, officer = make.to_screen()
    accept(application, by=officer, rest_in_order=True)
    assert application.state == State.ACCEPTED
    assert Check.objects.get().mark == Check.Mark.IN_ORDER


def test_it_waits_for_every_required_material():
    application, officer = make.to_screen()
    with pytest.raises(Refused, match="申报表"):
        accept(application, by=officer)
    make.faulty(application, officer)
    with pytest.raises(Refused, match="申报表"):
        accept(application, by=officer, rest_in_order=True)
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_a_material_that_is_not_required_does_not_hold_it_up():
    application, officer = make.to_screen()
    make.uploaded(application, optional=True)
    make.in_order(application, officer)
    Check.objects.filter(material__requirement__required=False).delete()
    accept(application, by=officer)
    assert application.state == State.ACCEPTED


@pytest.mark.parametrize("state", make.others(Application, "accept"))
def test_it_is_refused_in_any_other_state(state):
    application, officer = make.to_screen(state=state)
    with pytest.raises(Refused):
        accept(application, by=officer, rest_in_order=True)


def test_others_may_not():
    application, officer = make.to_screen()
    make.in_order(application, officer)
    strangers = [make.holder("reviewer"), make.holder("officer", make.city()), application.contact]
    for person in [*strangers, make.holder("officer", make.district("futian"))]:
        with pytest.raises(PermissionDenied):
            accept(application, by=person)


@pytest.mark.parametrize(
    ("received", "said"),
    [
        (None, "未收到纸质材料"),
        ({"copies": 1}, "应提交2份，收到1份"),
        ({"has_contents": False}, "未编写目录"),
        ({"matches": False, "note": "缺第3页。"}, "缺第3页"),
    ],
)
def test_it_waits_for_the_paper_copies_that_the_call_asks_for(received, said):
    application, officer = make.to_screen(call=make.call(paper_required=True))
    make.in_order(application, officer)
    if received:
        make.paper_copy(application, officer, **received)
    with pytest.raises(Refused, match=said):
        accept(application, by=officer)
    make.paper_copy(application, officer)
    accept(application, by=officer)
    assert application.state == State.ACCEPTED
