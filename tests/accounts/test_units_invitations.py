from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.accounts.actions import accept_invitation, invite_member, revoke_invitation
from zaiti.accounts.actions.units import INVITATION_LASTS
from zaiti.accounts.models import User
from zaiti.accounts.tasks import mail_invitation
from zaiti.core import Refused
from zaiti.limits import TooMany


def invited():
    owner = make.applicant()
    return invite_member(owner.organisation, by=owner, name="示例同事", email="colleague@example.com"), owner


def test_the_colleague_is_mailed_a_link_of_their_own():
    invitation, owner = invited()
    mail_invitation(invitation=invitation.pk)
    (letter,) = mail.outbox
    assert letter.to == ["colleague@example.com"]
    assert f"/my/join/{invitation.token}/" in letter.body
    assert owner.organisation.name in letter.body


def test_the_mail_has_no_words_of_who_sends_it():
    """Anyone can register anything: a name is no way to write to strangers."""
    bait = "点此领奖 http://evil.example/x 加微信"
    unit = make.pending(name=bait)
    by = make.owner(unit)
    by.name = bait
    by.save()
    mail_invitation(invitation=invite_member(unit, by=by, name=bait, email="stranger@example.com").pk)
    type(unit).objects.filter(pk=unit.pk).update(state="confirmed")
    mail_invitation(invitation=invite_member(unit, by=by, name=bait, email="other@example.com").pk)
    pending, confirmed = mail.outbox
    for word in ("evil", "领奖", "微信"):
        assert word not in pending.subject + pending.body
    assert unit.uscc in pending.body
    for sign in ("http://evil", "evil.example"):
        assert sign not in confirmed.body


def test_one_address_is_not_written_to_again_and_again():
    for _ in range(3):
        invited()
    with pytest.raises(TooMany):
        invited()


def test_a_unit_and_a_person_invite_so_many_a_day():
    owner = make.applicant()
    for number in range(20):
        invite_member(owner.organisation, by=owner, name="示例", email=f"c{number}@example.com")
    with pytest.raises(TooMany):
        invite_member(owner.organisation, by=owner, name="示例", email="d@example.com")


def test_only_the_owner_invites():
    owner = make.applicant()
    member = make.user(organisation=owner.organisation, org_role=User.OrgRole.MEMBER)
    for person in (member, make.applicant(), make.holder("officer")):
        with pytest.raises(PermissionDenied):
            invite_member(owner.organisation, by=person, name="示例", email="a@example.com")


def test_accepting_joins_the_unit_and_tells_the_owner():
    invitation, owner = invited()
    colleague = make.user()
    accept_invitation(invitation, by=colleague)
    colleague.refresh_from_db()
    assert (colleague.organisation, colleague.org_role) == (owner.organisation, User.OrgRole.MEMBER)
    assert [m.template for m in owner.inbox.all()] == ["accounts/mail/member_joined.txt"]


def test_an_invitation_works_once():
    invitation, _owner = invited()
    accept_invitation(invitation, by=make.user())
    with pytest.raises(Refused):
        accept_invitation(invitation, by=make.user())


def test_a_revoked_invitation_lets_nobody_in_and_is_not_mailed():
    invitation, owner = invited()
    revoke_invitation(invitation, by=owner)
    with pytest.raises(Refused):
        accept_invitation(invitation, by=make.user())
    mail_invitation(invitation=invitation.pk)
    assert not mail.outbox


def test_an_invitation_lapses():
    invitation, owner = invited()
    with clock.at(clock.now() + INVITATION_LASTS + timedelta(seconds=1)):
        with pytest.raises(Refused):
            accept_invitation(invitation, by=make.user())
        with pytest.raises(Refused):
            revoke_invitation(invitation, by=owner)


@pytest.mark.parametrize("other", [make.applicant, lambda: make.holder("officer")])
def test_who_acts_for_a_unit_or_a_bureau_joins_no_other(other):
    invitation, _owner = invited()
    with pytest.raises(PermissionDenied):
        accept_invitation(invitation, by=other())


def test_a_stranger_revokes_nothing():
    invitation, _owner = invited()
    with pytest.raises(PermissionDenied):
        revoke_invitation(invitation, by=make.applicant())


def test_who_clicked_before_it_lapsed_joins_though_it_has_lapsed_now():
    invitation, _owner = invited()
    lapse = invitation.lapses_at
    with clock.at(lapse + timedelta(seconds=16)):
        with pytest.raises(Refused):
            accept_invitation(invitation, by=make.user(), arrived=lapse + timedelta(seconds=1))
        accept_invitation(invitation, by=make.user(), arrived=lapse - timedelta(seconds=1))
