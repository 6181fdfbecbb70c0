import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.panels.actions import leave_seat, name_chair


def test_there_is_one_chair():
    panel = make.panel()
    last = panel.seats.last()
    name_chair(last, by=panel.made_by)
    assert list(panel.seats.filter(chair=True)) == [last]


def test_who_has_left_cannot_take_it():
    panel = make.panel(size=4)
    last = panel.seats.last()
    leave_seat(last, by=panel.made_by, reason="生病", keep_scores=True)
    with pytest.raises(Refused):
        name_chair(last, by=panel.made_by)


def test_experts_do_not_choose_it():
    panel = make.panel()
    with pytest.raises(PermissionDenied):
        name_chair(panel.seats.last(), by=panel.seats.first().expert.user)
