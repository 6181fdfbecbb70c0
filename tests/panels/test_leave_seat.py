import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.panels.actions import leave_seat
from zaiti.panels.models import Panel, Review


def judged(size: int = 3, state: str = "discussed"):
    review = make.review(state, panel=make.panel(size=size))
    return review, [make.signed_sheet(review) for _ in range(size)]


def test_illness_keeps_signed_sheets():
    review, sheets = judged(state="scored")
    leave_seat(sheets[0].seat, by=review.panel.made_by, reason="生病", keep_scores=True)
    review.refresh_from_db()
    assert review.state == Review.State.SCORED
    assert {sheet.state for sheet in review.sheets.all()} == {"signed"}


def test_recusal_voids_them_and_takes_the_total_back():
    review, sheets = judged(state="scored")
    leave_seat(sheets[0].seat, by=review.panel.made_by, reason="回避", keep_scores=False)
    review.refresh_from_db()
    sheets[0].refresh_from_db()
    assert (sheets[0].state, review.state, review.total) == ("void", Review.State.DISCUSSED, None)


def test_a_draft_is_void_either_way():
    review = make.review("discussed", panel=make.panel(size=4))
    sheet = make.sheet(review)
    leave_seat(sheet.seat, by=review.panel.made_by, reason="生病", keep_scores=True)
    sheet.refresh_from_db()
    assert sheet.state == "void"


def test_too_few_experts_pause_the_panel_and_its_officers_are_told():
    panel = make.panel()
    leave_seat(panel.seats.last(), by=panel.made_by, reason="生病", keep_scores=True)
    panel.refresh_from_db()
    assert panel.state == Panel.State.PAUSED
    assert [m.template for m in panel.made_by.inbox.all()] == ["panels/mail/paused.txt"]


def test_enough_experts_go_on_and_what_all_others_signed_is_totalled():
    review = make.review("discussed", panel=make.panel(size=4))
    for _ in range(3):
        make.signed_sheet(review)
    gone = review.panel.seats.last()
    leave_seat(gone, by=review.panel.made_by, reason="生病", keep_scores=True)
    review.refresh_from_db()
    assert (review.panel.state, review.state) == (Panel.State.WORKING, Review.State.SCORED)
    assert gone.expert.user.inbox.get().template == "panels/mail/left.txt"


def test_it_is_refused_twice_and_after_the_panel_has_finished():
    panel = make.panel(size=5)
    seat = panel.seats.last()
    leave_seat(seat, by=panel.made_by, reason="生病", keep_scores=True)
    with pytest.raises(Refused):
        leave_seat(seat, by=panel.made_by, reason="生病", keep_scores=True)
    Panel.objects.update(state="closed")
    with pytest.raises(Refused):
        leave_seat(panel.seats.first(), by=panel.made_by, reason="生病", keep_scores=True)


def test_experts_themselves_may_not():
    panel = make.panel()
    seat = panel.seats.first()
    with pytest.raises(PermissionDenied):
        leave_seat(seat, by=seat.expert.user, reason="…", keep_scores=True)
