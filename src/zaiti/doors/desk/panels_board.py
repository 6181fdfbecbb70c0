"""A panel at a glance: its steps, what comes next, what happened."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaiti.accounts.models import User
from zaiti.accounts.rules import serves
from zaiti.doors.desk.panels_forms import DrawForm, LeaveForm
from zaiti.doors.ui.pieces import Event, Paper, Step
from zaiti.panels.models import Draw, Minutes, Panel, Review, Seat
from zaiti.panels.queries import Standing, places_open, seats_of, standings, waiting
from zaiti.panels.rules import may_run
from zaiti.papers.models import Paper as IssuedPaper

State = Review.State
SUMMARY = "panels/papers/summary.typ"


def overview(panel: Panel, user: User) -> dict[str, Any]:
    """All that a panel's page shows."""
    seats, may = seats_of(panel.pk), may_run(user, panel)
    rows = standings(panel, seats)
    draws, minutes = (
        list(panel.draws.select_related("paper", "by")),
        list(panel.minutes.select_related("paper", "by")),
    )
    places = places_open(panel, rows, seats)
    states, closed = {row.review.state for row in rows}, panel.state == Panel.State.CLOSED
    return {
        "panel": panel,
        "rows": rows,
        "seats": seats,
        "steps": steps(panel, rows),
        "next": next_step(panel, rows),
        "events": events(panel, draws, minutes, seats),
        "may": may,
        "inside": serves(user, panel.authority),
        "places": places,
        "waiting": [] if closed else waiting(panel),
        "can_discuss": State.VISITED in states,
        "all_scored": states == {State.SCORED},
        "draw_form": DrawForm(panel=panel, again=bool(draws)) if may and places else None,
        "leave_form": LeaveForm(),
        "papers": issued(*_summaries(panel)) if closed else [],
    }


def _summaries(panel: Panel) -> QuerySet[IssuedPaper]:
    own = IssuedPaper.objects.filter(authority=panel.authority_id, template=SUMMARY)
    return own.filter(facts__panel__pk=panel.pk)


def steps(panel: Panel, rows: list[Standing]) -> list[Step]:
    """The steps of a panel's work, the present one marked."""
    names = [_("Formed"), _("Experts drawn"), _("Site visits"), _("Discussion"), _("Scoring"), _("Finished")]
    here = _here(panel, rows)
    return [
        Step(name, "done" if n < here else "now" if n == here else "todo", _note(n, rows))
        for n, name in enumerate(names)
    ]


def _here(panel: Panel, rows: list[Standing]) -> int:
    if panel.state == Panel.State.CLOSED:
        return 6
    if panel.state in {Panel.State.FORMING, Panel.State.PAUSED}:
        return 1
    states = {row.review.state for row in rows}
    order = [State.OPEN, State.VISITED, State.DISCUSSED]
    return next((n for n, state in enumerate(order, start=2) if state in states), 5)


def _note(step: int, rows: list[Standing]) -> str:
    past = {2: {State.OPEN}, 3: {State.OPEN, State.VISITED}, 4: {State.OPEN, State.VISITED, State.DISCUSSED}}
    if step not in past:
        return ""
    return f"{sum(row.review.state not in past[step] for row in rows)}/{len(rows)}"


def next_step(panel: Panel, rows: list[Standing]) -> tuple[str, str]:
    """What comes next, and who owes it."""
    bureau, experts = str(panel.authority), _("the panel's experts")
    if panel.state == Panel.State.PAUSED:
        return _("Draw further experts"), bureau
    what = [
        (_("Form the panel"), bureau),
        (_("Draw the experts"), bureau),
        (_("Visit the sites and put each visit on record"), bureau),
        (_("Discuss, and put the minutes on record"), bureau),
        (_("Score and sign"), experts),
        (_("Finish the panel's work"), bureau),
        (_("Rank the applications"), bureau),
    ]
    return what[_here(panel, rows)]


def events(panel: Panel, draws: list[Draw], minutes: list[Minutes], seats: list[Seat]) -> list[Event]:
    """What happened, the latest first."""
    rows = [Event(draw.at, _drawn(draw), draw.by, draw.reason, papers=issued(draw.paper)) for draw in draws]
    rows += [
        Event(one.held_at, _("Discussion held"), one.by, one.place, papers=issued(one.paper))
        for one in minutes
    ]
    rows += [
        Event(seat.left_at, _("%s left the panel") % seat.expert.user, "", seat.left_reason, "attention")
        for seat in seats
        if seat.left_at
    ]
    rows.append(Event(panel.made_at, _("Panel formed"), panel.made_by))
    return sorted(rows, key=_moment, reverse=True)


def _moment(event: Event) -> datetime:
    assert isinstance(event.at, datetime)
    return event.at


def _drawn(draw: Draw) -> str:
    return ngettext("%(n)s expert drawn", "%(n)s experts drawn", draw.places) % {"n": draw.places}


def issued(*papers: IssuedPaper | None) -> list[Paper]:
    """Papers as the pages list them."""
    return [
        Paper(paper.title, reverse("ui:paper", args=[paper.pk]), note=paper.number)
        for paper in papers
        if paper
    ]
