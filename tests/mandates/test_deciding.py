import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.accounts.actions import accept_invitation, invite_member
from zaiti.accounts.models import User
from zaiti.applications.actions import rename_unit
from zaiti.applications.models import Application
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.mandates.actions import confirm_mandate, send_back
from zaiti.mandates.models import Mandate

State, Role = Mandate.State, User.OrgRole


def templates(person):
    return [message.template for message in person.inbox.order_by("pk")]


def test_confirming_a_letter_confirms_its_unit_and_tells_the_person():
    mandate = make.letter()
    confirm_mandate(mandate, by=make.holder("officer"))
    mandate.organisation.refresh_from_db()
    assert mandate.organisation.confirmed
    assert templates(mandate.person) == ["mandates/mail/confirmed.txt"]
    assert {"confirm"} <= set(Entry.objects.values_list("verb", flat=True))


def test_the_city_may_decide_too_and_other_districts_may_not():
    mandate = make.letter()
    for person in (make.holder("officer", make.district("futian")), make.applicant(), mandate.person):
        with pytest.raises(PermissionDenied):
            confirm_mandate(mandate, by=person)
        with pytest.raises(PermissionDenied):
            send_back(mandate, by=person, reason="…")
    confirm_mandate(mandate, by=make.holder("reviewer", make.city()))
    assert mandate.state == State.CONFIRMED


def test_a_letter_is_sent_back_with_its_reason():
    mandate = make.letter()
    with pytest.raises(Refused):
        send_back(mandate, by=make.holder("officer"), reason=" ")
    send_back(mandate, by=make.holder("officer"), reason="印章不清晰")
    assert mandate.state == State.SENT_BACK
    (told,) = mandate.person.inbox.all()
    assert "印章不清晰" in told.body


@pytest.mark.parametrize("deed", [confirm_mandate, lambda m, by: send_back(m, by=by, reason="…")])
@pytest.mark.parametrize("state", ["confirmed", "sent_back", "closed"])
def test_what_does_not_wait_is_not_decided_again(deed, state):
    mandate = make.letter()
    Mandate.objects.filter(pk=mandate.pk).update(state=state)
    with pytest.raises(Refused):
        deed(mandate, by=make.holder("officer"))


def test_a_unit_that_was_renamed_meanwhile_is_not_confirmed_by_the_old_letter():
    mandate = make.letter()
    rename_unit(mandate.organisation, by=mandate.person, name="示例另一名称有限公司")
    with pytest.raises(Refused):
        confirm_mandate(mandate, by=make.holder("officer"))


def test_the_true_owner_gets_a_squatted_unit_and_everybody_is_told():
    unit = make.pending()
    squatter = make.owner(unit)
    friend = make.user(organisation=unit, org_role=Role.MEMBER)
    open_invitation = invite_member(unit, by=squatter, name="示例", email="friend@example.com")
    draft = make.application(by=squatter)
    theirs, mandate = make.letter(unit), make.claim(unit)
    confirm_mandate(mandate, by=make.holder("officer"))
    for person in (squatter, friend, mandate.person, unit, theirs, draft):
        person.refresh_from_db()
    assert (squatter.organisation, friend.organisation) == (None, None)
    assert (mandate.person.organisation, mandate.person.org_role) == (unit, Role.OWNER)
    assert (unit.confirmed, unit.name, theirs.state) == (True, mandate.unit_name, State.CLOSED)
    assert draft.contact == mandate.person
    assert templates(squatter) == ["mandates/mail/claimed.txt", "mandates/mail/passed.txt"]
    assert templates(friend) == ["mandates/mail/passed.txt"]
    assert mandate.person.name not in "".join(message.body for message in squatter.inbox.all())
    assert Entry.objects.filter(verb="pass_unit", thing_id=unit.pk).exists()
    with pytest.raises(Refused):
        accept_invitation(open_invitation, by=make.user())


def test_what_a_confirmed_unit_handed_in_stays_and_its_colleagues_may():
    application = make.application("submitted")
    unit, former = application.organisation, application.contact
    member = make.user(organisation=unit, org_role=Role.MEMBER)
    name, mandate = unit.name, make.claim(unit)
    confirm_mandate(mandate, by=make.holder("officer"), members_stay=True)
    for row in (former, member, unit, application):
        row.refresh_from_db()
    assert (former.organisation, member.organisation, unit.name) == (None, unit, name)
    assert (application.state, application.contact) == (Application.State.SUBMITTED, mandate.person)


def test_the_owner_is_confirmed_against_a_claim_and_the_claimant_is_told():
    unit = make.pending()
    claim, own = make.claim(unit), make.letter(unit)
    confirm_mandate(own, by=make.holder("officer"))
    claim.refresh_from_db()
    unit.refresh_from_db()
    assert (claim.state, unit.confirmed, make.owner(unit)) == (State.CLOSED, True, own.person)
    assert templates(claim.person) == ["mandates/mail/closed.txt"]


def test_a_claimant_who_joined_a_unit_or_a_bureau_meanwhile_gets_nothing():
    claim = make.claim()
    claim.person.posts.create(authority=make.district(), role="officer")
    with pytest.raises(Refused):
        confirm_mandate(claim, by=make.holder("officer"))
