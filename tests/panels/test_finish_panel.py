import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.panels.actions import finish_panel
from zaiti.panels.models import Panel, Review
from zaiti.papers.models import Paper
from zaiti.papers.typst import render_pdf


def scored():
    review = make.review("scored")
    for share in ("0.7", "0.8", "0.9"):
        make.signed_sheet(review, share=share)
    return review.panel


def test_it_closes_the_panel_and_makes_the_score_summary():
    panel = scored()
    finish_panel(panel, by=panel.made_by)
    summary = Paper.objects.get(kind="summary")
    assert panel.state == Panel.State.CLOSED
    assert summary.facts["rows"][0]["sheets"] == ["70.00", "80.00", "90.00"]
    assert not summary.public
    assert render_pdf(summary).startswith(b"%PDF")


@pytest.mark.parametrize("state", ["open", "visited", "discussed"])
def test_it_waits_for_every_score(state):
    panel = scored()
    make.review(state, panel=panel)
    with pytest.raises(Refused):
        finish_panel(panel, by=panel.made_by)


@pytest.mark.parametrize("state", ["submitted", "returned", "accepted"])
def test_it_waits_for_applications_that_may_still_come(state):
    panel = scored()
    make.accepted_application(panel.call, panel.carrier_type, state=state)
    with pytest.raises(Refused):
        finish_panel(panel, by=panel.made_by)


@pytest.mark.parametrize("state", make.others(Panel, "finish"))
def test_it_is_refused_in_any_other_state(state):
    panel = scored()
    Panel.objects.update(state=state)
    with pytest.raises(Refused):
        finish_panel(panel, by=panel.made_by)


def test_other_roles_may_not():
    panel = scored()
    with pytest.raises(PermissionDenied):
        finish_panel(panel, by=make.holder("approver"))
    assert Review.objects.get().state == "scored"
