from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.panels.actions import record_minutes
from zaiti.panels.models import Review, SiteVisit
from zaiti.papers.typst import render_pdf


def discuss(*reviews, **fields):
    panel = reviews[0].panel
    given = {
        "by": panel.made_by,
        "reviews": list(reviews),
        "held_at": clock.now(),
        "place": "示例局会议室",
        "present": list(panel.seats.all()),
        "text": "各位专家逐项讨论。",
    }
    return record_minutes(panel, **given | fields)


def test_one_meeting_covers_several_applications_and_opens_their_scoring():
    first, second = make.review("visited"), make.review("visited")
    minutes = discuss(first, second)
    assert [r.state for r in minutes.reviews.all()] == [Review.State.DISCUSSED] * 2
    expert = first.panel.seats.first().expert.user
    assert [m.template for m in expert.inbox.all()] == ["panels/mail/scoring.txt"]
    assert render_pdf(minutes.paper).startswith(b"%PDF")


@pytest.mark.parametrize("state", make.others(Review, "discuss"))
def test_it_is_refused_in_any_other_state(state):
    with pytest.raises(Refused):
        discuss(make.review(state))


def test_the_discussion_comes_after_the_visit():
    review = make.review("visited")
    SiteVisit.objects.create(
        review=review, visited_at=clock.now(), place="…", findings="…", by=review.panel.made_by
    )
    with pytest.raises(Refused):
        discuss(review, held_at=clock.now() - timedelta(days=1))


def test_too_few_experts_are_no_discussion():
    review = make.review("visited")
    with pytest.raises(Refused, match="3"):
        discuss(review, present=list(review.panel.seats.all()[:2]))


def test_only_applications_of_this_panel_are_discussed():
    review = make.review("visited")
    other = make.review("visited", panel=make.panel(code="studio", call=review.panel.call))
    with pytest.raises(Refused):
        discuss(review, other)
    with pytest.raises(Refused):
        discuss(review, reviews=[])


def test_experts_do_not_record_it():
    review = make.review("visited")
    with pytest.raises(PermissionDenied):
        discuss(review, by=review.panel.seats.first().expert.user)
