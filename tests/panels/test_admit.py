import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.panels.actions import admit
from zaiti.panels.models import Recusal, Review


def late(panel, **fields):
    return make.accepted_application(panel.call, panel.carrier_type, **fields)


def test_it_puts_a_late_application_before_the_panel():
    panel = make.panel()
    review = admit(late(panel), by=panel.made_by)
    assert (review.panel, review.state) == (panel, Review.State.OPEN)


def test_a_seated_expert_of_its_unit_steps_back_from_it():
    panel = make.panel()
    seat = panel.seats.first()
    admit(late(panel, organisation=make.organisation(name=seat.expert.unit)), by=panel.made_by)
    assert [recusal.seat for recusal in Recusal.objects.all()] == [seat]


def test_it_is_refused_twice_or_before_acceptance_or_without_a_panel():
    panel = make.panel()
    application = late(panel)
    admit(application, by=panel.made_by)
    studio = make.accepted_application(panel.call, panel.cycle.types.get(code="studio"))
    for refused in (application, late(panel, state="submitted"), studio):
        with pytest.raises(Refused):
            admit(refused, by=panel.made_by)


def test_it_is_refused_once_the_panel_has_finished():
    panel = make.panel(state="closed")
    with pytest.raises(Refused):
        admit(late(panel), by=panel.made_by)


def test_other_roles_may_not():
    panel = make.panel()
    with pytest.raises(PermissionDenied):
        admit(late(panel), by=make.holder("approver"))
