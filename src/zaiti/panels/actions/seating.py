"""Who sits on a panel: the draw, stepping back, leaving, the chair, and what comes before it."""

import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.panels.drawing import METHOD, pool_line
from zaiti.panels.drawing import draw as draw_lines
from zaiti.panels.models import Draw, Expert, Panel, Recusal, Review, ScoreSheet, Seat
from zaiti.panels.notify import tell_draw, tell_leaving, tell_officers
from zaiti.panels.papers import issue_draw
from zaiti.panels.queries import places_open, sort_pool, states
from zaiti.panels.rules import may_run, may_watch
from zaiti.panels.stepping import part, step_back, void
from zaiti.panels.totals import settle


@transaction.atomic
def draw_experts(panel: Panel, *, by: User, watched_by: User | None = None, reason: str = "") -> Draw:
    """Draw experts for the places that are open, on a record anyone can replay."""
    require(may_run(by, panel))
    reason = _check_circumstances(panel, by, watched_by, reason)
    move(panel, "seat", by=by, reason=reason)
    part(panel, by=by)
    places = places_open(panel, panel.seats.filter(left_at=None).count(), states(panel))
    able, left_out = sort_pool(panel)
    if not places:
        raise Refused(_("Every seat of this panel is taken."))
    if len(able) < places:
        raise Refused(
            _("The pool has %(able)s experts who may be drawn; %(places)s are needed. Add experts first.")
            % {"able": len(able), "places": places}
        )
    facts = _cast(able, places)
    left = [_person(expert) | {"reason": why} for expert, why in left_out]
    draw = Draw.objects.create(
        panel=panel, at=clock.now(), by=by, watched_by=watched_by, reason=reason, left_out=left, **facts
    )
    chosen = [Seat(panel=panel, expert_id=one["expert"], draw=draw) for one in draw.drawn]
    _write_draw(draw, by=by)
    tell_draw(draw, Seat.objects.bulk_create(chosen))
    return draw


def _check_circumstances(panel: Panel, by: User, watched_by: User | None, reason: str) -> str:
    if watched_by and (watched_by == by or not may_watch(watched_by, panel.authority)):
        raise Refused(_("The draw is watched by a supervisor of the district or of the city."))
    if panel.draws.exists():
        return needed(reason, _("A further draw needs a reason, which goes on record."))
    return reason


def _cast(able: Sequence[Expert], places: int) -> dict[str, object]:
    pool = []
    for place, expert in enumerate(able, start=1):
        person, nonce = _person(expert), secrets.token_hex(16)
        line = pool_line(place, expert=expert.pk, name=str(person["name"]), unit=expert.unit, nonce=nonce)
        pool.append(person | {"nonce": nonce, "line": line})
    people = {str(one["line"]): one for one in pool}
    seed = secrets.token_hex(32)
    drawn = [
        {name: people[one.line][name] for name in ("expert", "name", "unit", "line")} | {"key": one.key}
        for one in draw_lines(list(people), seed, places)
    ]
    return {"seed": seed, "method": METHOD, "pool": pool, "drawn": drawn, "places": places}


def _person(expert: Expert) -> dict[str, object]:
    return {"expert": expert.pk, "name": expert.user.name, "unit": expert.unit}


def _write_draw(draw: Draw, *, by: User) -> None:
    lines = [one["line"] for one in draw.pool]
    drawn = [one["line"] for one in draw.drawn]
    record("draw", draw, by=by, seed=draw.seed, method=draw.method, pool=lines, drawn=drawn)
    draw.paper = issue_draw(draw, by=by)
    draw.save(update_fields=["paper"])


@transaction.atomic
def admit(application: Application, *, by: User) -> Review:
    """Put an application accepted later before its panel; experts tied to it step back from it."""
    panel = Panel.objects.filter(call=application.call_id, carrier_type=application.carrier_type_id).first()
    if panel is None:
        raise Refused(_("There is no panel for this type yet; forming it takes every accepted application."))
    require(may_run(by, panel))
    _still_at_work(panel)
    if application.state != Application.State.ACCEPTED or Review.objects.filter(application=application):
        raise Refused(
            _("Only an accepted application that is not before the panel yet can be put before it.")
        )
    review = Review.objects.create(application=application, panel=panel)
    record("admit", review, by=by, panel=panel.pk)
    part(panel, by=by)
    return review


@transaction.atomic
def recuse(review: Review, seat: Seat, *, by: User, reason: str) -> Recusal:
    """Let an expert step back from one application, or make one; the sheet for it is void."""
    panel, themself = review.panel, seat.expert.user_id == by.pk
    require(seat.panel_id == panel.pk and (may_run(by, panel) or (themself and not seat.left_at)))
    reason = needed(reason, _("Say why: it goes on record."))
    _still_at_work(panel)
    if review.recusals.filter(seat=seat).exists():
        raise Refused(_("This expert has stepped back from the application already."))
    recusal = step_back(review, seat, by=by, reason=reason)
    if themself:
        tell_officers(panel, "panels/mail/recused.txt", recusal=recusal)
    return recusal


@transaction.atomic
def leave_seat(seat: Seat, *, by: User, reason: str, keep_scores: bool) -> None:
    """Let an expert go: illness keeps signed sheets, recusal voids them; too few experts pause the panel."""
    panel = seat.panel
    require(may_run(by, panel))
    reason = needed(reason, _("Say why: it goes on record."))
    _still_at_work(panel)
    part(panel, by=by)  # what is kept below is kept of nobody who was tied to the unit
    seat.refresh_from_db(from_queryset=Seat.objects.select_for_update(no_key=True, of=("self",)))
    if seat.left_at:
        raise Refused(_("This expert has left the panel already."))
    seat.left_at, seat.left_reason, seat.chair = clock.now(), reason, False
    seat.save(update_fields=["left_at", "left_reason", "chair"])
    record("leave_seat", seat, by=by, reason=reason, keep_scores=keep_scores)
    kept = [ScoreSheet.State.SIGNED] if keep_scores else []
    void(seat.sheets.exclude(state__in=kept), by=by, reason=reason)
    if panel.seats.filter(left_at=None).count() < panel.cycle.minimum_panel and panel.can("pause"):
        move(panel, "pause", by=by, reason=reason)
    for review in panel.reviews.filter(state=Review.State.DISCUSSED):
        settle(review, by=by)
    tell_leaving(seat)


@transaction.atomic
def name_chair(seat: Seat, *, by: User) -> None:
    """Put one of the seated experts in the chair."""
    require(may_run(by, seat.panel))
    _still_at_work(seat.panel)
    if seat.left_at:
        raise Refused(_("This expert has left the panel already."))
    seat.panel.seats.update(chair=False)
    seat.chair = True
    seat.save(update_fields=["chair"])
    record("name_chair", seat, by=by)


def _still_at_work(panel: Panel) -> None:
    panel.refresh_from_db(from_queryset=Panel.objects.select_for_update(no_key=True, of=("self",)))
    if panel.state == Panel.State.CLOSED:
        raise Refused(_("This panel has finished its work."))
