from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.panels.actions import recuse
from zaiti.panels.models import Review, ScoreSheet


def test_the_expert_steps_back_the_sheet_is_void_and_officers_are_told():
    review = make.review("discussed")
    seat = review.panel.seats.first()
    sheet = make.sheet(review, seat=seat)
    recuse(review, seat, by=seat.expert.user, reason="与申报单位有合作")
    sheet.refresh_from_db()
    assert sheet.state == ScoreSheet.State.VOID
    assert not Review.objects.visible_to(seat.expert.user).exists()
    assert review.panel.made_by.inbox.get().template == "panels/mail/recused.txt"


def test_a_signed_sheet_no_longer_counts_and_the_total_is_made_anew():
    review = make.review("scored", panel=make.panel(size=4))
    sheets = [make.signed_sheet(review, share=share) for share in ("0.1", "0.8", "0.8", "0.8")]
    recuse(review, sheets[0].seat, by=review.panel.made_by, reason="亲属任职")
    review.refresh_from_db()
    assert (review.state, review.total) == (Review.State.SCORED, Decimal("80.00"))


def test_below_the_least_number_the_review_waits_for_another_expert():
    review = make.review("scored")
    sheets = [make.signed_sheet(review) for _ in range(3)]
    recuse(review, sheets[0].seat, by=review.panel.made_by, reason="亲属任职")
    review.refresh_from_db()
    assert (review.state, review.total, review.category_totals) == (Review.State.DISCUSSED, None, {})


def test_the_last_one_missing_stepping_back_lets_the_total_be_made():
    review = make.review("discussed", panel=make.panel(size=4))
    for _ in range(3):
        make.signed_sheet(review)
    seat = review.panel.seats.last()
    recuse(review, seat, by=seat.expert.user, reason="亲属任职")
    review.refresh_from_db()
    assert review.state == Review.State.SCORED


def test_it_is_refused_twice_and_after_the_panel_has_finished():
    review = make.review()
    seat = review.panel.seats.first()
    recuse(review, seat, by=review.panel.made_by, reason="…")
    with pytest.raises(Refused):
        recuse(review, seat, by=review.panel.made_by, reason="…")
    type(review.panel).objects.update(state="closed")
    with pytest.raises(Refused):
        recuse(review, review.panel.seats.last(), by=review.panel.made_by, reason="…")


def test_one_expert_may_not_send_another_away():
    review = make.review()
    first, second, _third = review.panel.seats.all()
    for person in (second.expert.user, make.holder("approver"), make.user()):
        with pytest.raises(PermissionDenied):
            recuse(review, first, by=person, reason="…")
