"""A panel at a glance: its experts, its applications, where it stands, what happened."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Window

from zaiti.accounts.models import User
from zaiti.accounts.rules import serves
from zaiti.dossiers.affairs import panel_next, panel_steps
from zaiti.dossiers.story import documents
from zaiti.dossiers.timeline import history
from zaiti.panels.models import Panel, Review
from zaiti.panels.papers import SUMMARY
from zaiti.panels.queries import places_open, scorings, seats_of, states, told, waiting
from zaiti.panels.rules import may_run
from zaiti.papers.models import Paper as IssuedPaper
from zaiti.web.desk.panels.forms import DrawForm, LeaveForm

State = Review.State
SHOWN = 50  # applications at once


def overview(panel: Panel, user: User, number: str | None) -> dict[str, Any]:
    """What a panel's page shows, with one page of its applications."""
    seats, may = seats_of(panel.pk), may_run(user, panel)
    found, closed = states(panel), panel.state == Panel.State.CLOSED
    pages = Paginator(told(panel), SHOWN)
    pages.count = sum(found.values())
    rows: Any = pages.get_page(number)
    rows.object_list = scorings(rows.object_list, seats)
    draws = list(panel.draws.select_related("paper__pdf"))
    minutes = list(panel.minutes.select_related("paper__pdf"))
    papers = [*(draw.paper for draw in draws), *(one.paper for one in minutes)]
    places = places_open(panel, sum(seat.left_at is None for seat in seats), found)
    return {
        "panel": panel,
        "rows": rows,
        "seats": seats,
        "steps": panel_steps(panel, found),
        "whereabouts": panel_next(panel, found),
        "events": history(panel, *draws, *minutes, *seats, papers=papers),
        "may": may,
        "inside": serves(user, panel.authority),
        "places": places,
        **({} if closed else _late(panel)),
        "can_discuss": State.VISITED in found,
        "all_scored": found.keys() == {State.SCORED},
        "draw_form": DrawForm(panel=panel, again=bool(draws)) if may and places else None,
        "leave_form": LeaveForm(),
        "papers": documents(*_summaries(panel)) if closed else [],
    }


def _late(panel: Panel) -> dict[str, Any]:
    """Who came since the panel was formed: the first of them, and how many more."""
    all_of_them = waiting(panel).annotate(all=Window(Count("pk"))).order_by("number", "pk")
    rows = list(all_of_them[:SHOWN])
    return {"waiting": rows, "waiting_more": getattr(rows[0], "all", 0) - len(rows) if rows else 0}


def _summaries(panel: Panel) -> QuerySet[IssuedPaper]:
    own = IssuedPaper.objects.filter(authority=panel.authority_id, template=SUMMARY.template)
    return own.filter(facts__panel__pk=panel.pk).select_related("pdf")
