import pytest

from tests import make
from tests.applications.test_submit import ready
from tests.at_once import at_once
from zaiti.applications.actions import rename_unit, submit
from zaiti.applications.models import Application
from zaiti.core import Refused


@pytest.mark.django_db(transaction=True)
def test_two_studios_of_one_master_do_not_both_come_in():
    elsewhere = make.call(authority=make.district("futian"))
    rows = [
        ready(code="studio", master_certificate="SC-1", call=make.call()),
        ready(code="studio", master_certificate="ｓｃ１", call=elsewhere),
    ]
    ends = at_once(*(lambda row=row: submit(row, by=row.contact) for row in rows))
    assert sorted(ends) == ["Refused", "done"]
    assert Application.objects.filter(state="submitted").count() == 1


def test_a_unit_that_has_just_handed_in_is_bound_to_its_name():
    application = ready()
    owner = make.applicant(application.organisation)
    submit(application, by=application.contact)
    with pytest.raises(Refused):
        rename_unit(application.organisation, by=owner, name="示例新名")
