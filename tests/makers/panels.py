"""Experts, panels, reviews and score sheets with dull defaults."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.makers.applications import created
from tests.makers.notices import call as make_call
from tests.makers.people import applicant, city, holder, organisation, user
from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.applications.models import Application
from zaiti.notices.models import Call
from zaiti.panels.models import Draw, Expert, Panel, Review, Score, ScoreSheet, Seat
from zaiti.programmes.models import CarrierType


def expert(**fields: Any) -> Expert:
    """An expert of the pool, for every type, of a unit that does not apply."""
    person = fields.pop("user", None) or user(name=fields.pop("name", ""))
    return Expert.objects.create(
        **{
            "user": person,
            "unit": f"示例院校{person.pk}",
            "title": "高级讲师",
            "types": ["base", "studio", "station"],
            "city": city(),
        }
        | fields
    )


def experts(number: int) -> list[Expert]:
    """So many experts of the pool."""
    return [expert() for _ in range(number)]


def closed_call(authority: Authority | None = None, **fields: Any) -> Call:
    """A published call whose window is over."""
    now = clock.now()
    window = {"opens_at": now - timedelta(days=20), "closes_at": now - timedelta(days=5)}
    return make_call(authority=authority, **window | fields)


def accepted_application(call: Call, kind: CarrierType, **fields: Any) -> Application:
    """An accepted application before any panel."""
    unit = fields.pop("organisation", None) or organisation()
    made = created(
        **{
            "call": call,
            "carrier_type": kind,
            "organisation": unit,
            "state": Application.State.ACCEPTED,
            "contact": unit.members.first() or applicant(unit),
            "created_at": call.opens_at,
            "submitted_at": call.opens_at + timedelta(days=1),
            "carrier_name": f"{unit.name}培训载体",
            "summary": "示例简介。",
        }
        | fields
    )
    made.number = fields.get("number") or f"SQ-{made.pk:06d}"
    made.save(update_fields=["number"])
    return made


def panel(
    call: Call | None = None,
    *,
    code: str = "base",
    experts: Sequence[Expert] | None = None,
    size: int = 3,
    state: str = Panel.State.WORKING,
    made_by: User | None = None,
) -> Panel:
    """A panel at work with its experts seated, the first in the chair; still forming has no seats."""
    call = call or closed_call()
    kind = call.cycle.types.get(code=code)
    made = Panel.objects.create(
        cycle=call.cycle,
        call=call,
        authority=call.authority,
        carrier_type=kind,
        rubric=call.types.get(carrier_type=kind).rubric,
        size=len(experts) if experts is not None else size,
        state=state,
        made_by=made_by or holder("officer", call.authority),
        made_at=clock.now(),
    )
    if state != Panel.State.FORMING:
        _seat(made, experts if experts is not None else [expert() for _ in range(size)])
    return made


def review(
    state: str = Review.State.OPEN,
    *,
    panel: Panel | None = None,
    application: Application | None = None,
    **fields: Any,
) -> Review:
    """One accepted application before a panel of three; a scored one has 80 points unless told."""
    board = panel or _a_panel()
    if state == Review.State.SCORED:
        fields = {"total": Decimal(80), "category_totals": {"甲类": "48.00", "乙类": "32.00"}} | fields
    return Review.objects.create(
        application=application or accepted_application(board.call, board.carrier_type),
        panel=board,
        state=state,
        **fields,
    )


def sheet(review: Review | None = None, *, seat: Seat | None = None) -> ScoreSheet:
    """A sheet just opened; by the first seat that has none yet."""
    judged = review or _discussed()
    free = judged.panel.seats.exclude(pk__in=judged.sheets.values("seat"))
    return ScoreSheet.objects.create(review=judged, seat=seat or free[0], rubric=judged.panel.rubric)


def signed_sheet(
    review: Review | None = None, *, seat: Seat | None = None, share: Decimal | str = "0.8"
) -> ScoreSheet:
    """A signed sheet that gives every criterion the same share of its points: 0.8 makes 80 of 100."""
    made = sheet(review, seat=seat)
    points = {line: line.points * Decimal(share) for line in made.rubric.criteria.all()}
    Score.objects.bulk_create(Score(sheet=made, criterion=c, points=p) for c, p in points.items())
    made.total, made.signed_at = sum(points.values(), Decimal()), clock.now()
    made.state = ScoreSheet.State.SIGNED
    made.save()
    return made


def _seat(made: Panel, chosen: Sequence[Expert]) -> None:
    draw = Draw.objects.create(
        panel=made,
        at=clock.now(),
        seed="0" * 64,
        method="sha256-lowest",
        pool=[],
        left_out=[],
        drawn=[],
        places=len(chosen),
        by=made.made_by,
    )
    for number, one in enumerate(chosen):
        Seat.objects.create(panel=made, expert=one, draw=draw, chair=number == 0)


def _a_panel() -> Panel:
    return (
        Panel.objects.filter(carrier_type__code="base", carrier_type__cycle__pack="test").first() or panel()
    )


def _discussed() -> Review:
    return review(Review.State.DISCUSSED)
