import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.accounts.actions import edit_organisation, hand_over, register_organisation, remove_member
from zaiti.accounts.models import User
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.mandates.actions import confirm_by_portal

Role = User.OrgRole


def registered(**fields):
    person = make.user()
    return register_organisation(by=person, **make.registration(**fields)), person


def test_registering_makes_its_first_person_the_owner():
    code = make.credit_code()
    unit, person = registered(uscc=f" {code[:8].lower()} {code[8:].lower()}")
    person.refresh_from_db()
    assert (unit.uscc, person.organisation, person.org_role) == (code, unit, Role.OWNER)
    assert not unit.confirmed
    assert Entry.objects.get().verb == "register_organisation"


def test_a_unit_can_be_registered_only_once():
    unit, _person = registered()
    with pytest.raises(Refused):
        registered(uscc=unit.uscc)


@pytest.mark.parametrize(
    "other", [make.applicant, lambda: make.holder("officer"), lambda: make.user(is_admin=True)]
)
def test_members_officials_and_administrators_register_no_unit(other):
    with pytest.raises(PermissionDenied):
        register_organisation(by=other(), **make.registration())


def test_the_owner_edits_the_unit_and_the_ledger_says_what_changed():
    unit, person = registered()
    edit_organisation(unit, by=person, legal_person="示例新人", kind=unit.kind)
    unit.refresh_from_db()
    assert unit.legal_person == "示例新人"
    assert Entry.objects.latest("id").facts == {"changed": {"legal_person": "示**"}}


@pytest.mark.parametrize("field", ["uscc", "name"])
def test_code_and_name_are_not_edited(field):
    unit, person = registered()
    with pytest.raises(Refused, match="renaming"):
        edit_organisation(unit, by=person, **{field: make.credit_code()})


def test_a_member_who_is_not_the_owner_may_not_edit_the_unit():
    unit, _person = registered()
    with pytest.raises(PermissionDenied):
        edit_organisation(unit, by=make.user(organisation=unit, org_role=Role.MEMBER), legal_person="示例")


def test_the_owner_removes_a_member_who_is_told():
    unit, person = registered()
    member = make.user(organisation=unit, org_role=Role.MEMBER)
    remove_member(member, by=person)
    member.refresh_from_db()
    assert (member.organisation, member.org_role) == (None, "")
    assert [m.template for m in member.inbox.all()] == ["accounts/mail/member_removed.txt"]


def test_a_member_may_leave():
    unit, _person = registered()
    member = make.user(organisation=unit, org_role=Role.MEMBER)
    remove_member(member, by=member)
    assert member.organisation is None


def test_the_owner_cannot_leave_before_handing_over():
    _unit, person = registered()
    with pytest.raises(Refused):
        remove_member(person, by=person)


def test_a_stranger_removes_nobody():
    unit, person = registered()
    with pytest.raises(PermissionDenied):
        remove_member(person, by=make.applicant())
    with pytest.raises(PermissionDenied):
        remove_member(make.user(), by=make.user(organisation=unit, org_role=Role.OWNER))


def test_handing_over_makes_a_colleague_the_owner_and_tells_them():
    unit, person = registered()
    member = make.user(organisation=unit, org_role=Role.MEMBER)
    with pytest.raises(Refused):
        hand_over(member, by=person)  # the letter that the district looks at names the owner
    confirm_by_portal(unit, by=person, vouched=unit.uscc)
    hand_over(member, by=person)
    assert (member.org_role, person.org_role) == (Role.OWNER, Role.MEMBER)
    assert [m.template for m in member.inbox.all()] == ["accounts/mail/owner_handed_over.txt"]


def test_it_is_handed_over_by_the_owner_to_a_colleague_only():
    unit, person = registered()
    member = make.user(organisation=unit, org_role=Role.MEMBER)
    with pytest.raises(Refused):
        hand_over(make.user(), by=person)
    with pytest.raises(PermissionDenied):
        hand_over(person, by=member)
