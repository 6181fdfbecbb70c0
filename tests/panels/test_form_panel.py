import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.panels.actions import form_panel


def closed(**fields):
    call = make.closed_call(**fields)
    kind = call.cycle.types.get(code="base")
    return call, kind, make.holder("officer")


def test_it_takes_every_accepted_application_of_the_type():
    call, kind, officer = closed()
    accepted = [make.accepted_application(call, kind) for _ in range(2)]
    make.accepted_application(call, kind, state="declined")
    make.accepted_application(call, call.cycle.types.get(code="studio"))
    panel = form_panel(call, kind, by=officer, size=3)
    assert {review.application for review in panel.reviews.all()} == set(accepted)
    assert panel.rubric == call.types.get(carrier_type=kind).rubric
    assert Entry.objects.get(verb="form_panel").facts["reviews"] == 2


def test_it_is_refused_while_the_window_is_open():
    call = make.call()
    kind = call.cycle.types.get(code="base")
    make.accepted_application(call, kind)
    with pytest.raises(Refused):
        form_panel(call, kind, by=make.holder("officer"), size=3)


def test_it_is_refused_without_an_accepted_application():
    call, kind, officer = closed()
    with pytest.raises(Refused):
        form_panel(call, kind, by=officer, size=3)


def test_a_panel_is_never_smaller_than_the_year_asks():
    call, kind, officer = closed()
    make.accepted_application(call, kind)
    with pytest.raises(Refused, match="3"):
        form_panel(call, kind, by=officer, size=2)


def test_there_is_one_panel_for_each_type():
    call, kind, officer = closed()
    make.accepted_application(call, kind)
    form_panel(call, kind, by=officer, size=3)
    with pytest.raises(Refused):
        form_panel(call, kind, by=officer, size=3)


def test_the_call_must_be_open_for_the_type():
    call, kind, officer = closed()
    call.types.filter(carrier_type=kind).delete()
    with pytest.raises(Refused):
        form_panel(call, kind, by=officer, size=3)


@pytest.mark.parametrize("role", ["reviewer", "approver", "supervisor"])
def test_other_roles_may_not_form_one(role):
    call, kind, _officer = closed()
    with pytest.raises(PermissionDenied):
        form_panel(call, kind, by=make.holder(role), size=3)
