import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.accounts.models import User
from zaiti.core import Refused
from zaiti.mandates.actions import confirm_by_portal, take_over_by_portal


def test_the_unified_sign_in_confirms_the_unit_it_names_and_no_other():
    unit = make.pending()
    with pytest.raises(Refused):
        confirm_by_portal(unit, by=make.owner(unit), vouched=make.credit_code())
    with pytest.raises(PermissionDenied):
        confirm_by_portal(unit, by=make.applicant(), vouched=unit.uscc)
    confirm_by_portal(unit, by=make.owner(unit), vouched=unit.uscc)
    assert unit.confirmed
    with pytest.raises(Refused):
        confirm_by_portal(unit, by=make.owner(unit), vouched=unit.uscc)


def test_it_takes_an_unconfirmed_unit_from_whoever_registered_it():
    unit, person = make.pending(), make.user()
    squatter = make.owner(unit)
    take_over_by_portal(by=person, vouched=unit.uscc)
    squatter.refresh_from_db()
    unit.refresh_from_db()
    assert (squatter.organisation, person.org_role, unit.confirmed) == (None, User.OrgRole.OWNER, True)


def test_a_confirmed_unit_is_for_its_district_to_judge():
    unit = make.applicant().organisation
    with pytest.raises(Refused):
        take_over_by_portal(by=make.user(), vouched=unit.uscc)
    with pytest.raises(Refused):
        take_over_by_portal(by=make.user(), vouched=make.credit_code())
    with pytest.raises(PermissionDenied):
        take_over_by_portal(by=make.holder("officer"), vouched=unit.uscc)
