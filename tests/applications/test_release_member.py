import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.accounts.models import User
from zaiti.applications.actions import release_member


def unit_with_member():
    owner = make.applicant()
    member = make.user(organisation=owner.organisation, org_role=User.OrgRole.MEMBER)
    return make.application(by=member), owner, member


def test_the_applications_of_who_goes_get_a_contact_who_stays():
    application, owner, member = unit_with_member()
    release_member(member, by=owner)
    application.refresh_from_db()
    assert (application.contact, member.organisation) == (owner, None)


def test_who_leaves_hands_them_to_the_owner():
    application, owner, member = unit_with_member()
    release_member(member, by=member)
    application.refresh_from_db()
    assert application.contact == owner


def test_a_stranger_may_not():
    _application, _owner, member = unit_with_member()
    with pytest.raises(PermissionDenied):
        release_member(member, by=make.applicant())
