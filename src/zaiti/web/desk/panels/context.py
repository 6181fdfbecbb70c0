"""A panel at a glance: its experts, its applications, where it stands, what happened."""

from typing import Any

from django.db.models import QuerySet

from zaiti.accounts.models import User
from zaiti.accounts.rules import serves
from zaiti.dossiers.affairs import panel_next, panel_steps
from zaiti.dossiers.story import documents
from zaiti.dossiers.timeline import history
from zaiti.panels.models import Panel, Review
from zaiti.panels.papers import SUMMARY
from zaiti.panels.queries import places_open, scorings, seats_of, waiting
from zaiti.panels.rules import may_run
from zaiti.papers.models import Paper as IssuedPaper
from zaiti.web.desk.panels.forms import DrawForm, LeaveForm

State = Review.State


def overview(panel: Panel, user: User) -> dict[str, Any]:
    """All that a panel's page shows."""
    seats, may = seats_of(panel.pk), may_run(user, panel)
    rows = scorings(panel, seats)
    draws = list(panel.draws.select_related("paper__pdf"))
    minutes = list(panel.minutes.select_related("paper__pdf"))
    papers = [*(draw.paper for draw in draws), *(one.paper for one in minutes)]
    places = places_open(panel, rows, seats)
    states, closed = {row.review.state for row in rows}, panel.state == Panel.State.CLOSED
    return {
        "panel": panel,
        "rows": rows,
        "seats": seats,
        "steps": panel_steps(panel, rows),
        "whereabouts": panel_next(panel, rows),
        "events": history(panel, *draws, *minutes, *seats, papers=papers),
        "may": may,
        "inside": serves(user, panel.authority),
        "places": places,
        "waiting": [] if closed else waiting(panel),
        "can_discuss": State.VISITED in states,
        "all_scored": states == {State.SCORED},
        "draw_form": DrawForm(panel=panel, again=bool(draws)) if may and places else None,
        "leave_form": LeaveForm(),
        "papers": documents(*_summaries(panel)) if closed else [],
    }


def _summaries(panel: Panel) -> QuerySet[IssuedPaper]:
    own = IssuedPaper.objects.filter(authority=panel.authority_id, template=SUMMARY.template)
    return own.filter(facts__panel__pk=panel.pk).select_related("pdf")
