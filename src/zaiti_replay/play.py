"""The verbs of a year, played by the cast at set times through the same actions as the pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications import actions as applying
from zaiti.applications.models import Application
from zaiti.notices import actions as noticing
from zaiti.notices.models import Call, CityNotice
from zaiti.panels import actions as judging
from zaiti.panels.models import Panel, Review, ScoreSheet
from zaiti.programmes.models import CarrierType, Criterion, Cycle, MaterialRequirement
from zaiti.programmes.packs import Pack
from zaiti.screening import actions as screening
from zaiti.screening.models import Check
from zaiti_replay.answers import example
from zaiti_replay.cast import Bureau, Cast, Unit, found_unit
from zaiti_replay.scans import scan


@dataclass
class World:
    """What the story has made so far."""

    pack: Pack
    cast: Cast
    cycle: Cycle
    calls: dict[str, Call] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)
    panels: dict[tuple[str, str], Panel] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)

    def bureau(self, code: str) -> Bureau:
        """The people of a district."""
        return self.cast.districts[code]

    def type(self, code: str) -> CarrierType:
        """A carrier type of the year."""
        return self.cycle.types.get(code=code)


def moment(day: date | str, hour: int = 10, minute: int = 0, second: int = 0) -> datetime:
    """A time of a day in Shanghai."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return timezone.make_aware(datetime.combine(on, time(hour, minute, second)))


def publish_city_notice(world: World, *, published: datetime) -> CityNotice:
    """The city's officer prepares its notice to the districts, the approver publishes it."""
    city = world.cast.city
    with clock.at(published - timedelta(hours=1)):
        notice = noticing.prepare_city_notice(world.cycle, by=city.officer)
    with clock.at(published):
        noticing.publish_city_notice(notice, by=city.approver)
    return notice


def publish_call(
    world: World,
    code: str,
    *,
    prepared: datetime,
    published: datetime,
    opens: datetime,
    closes: datetime,
    **fields: Any,
) -> Call:
    """The officer prepares a district's call, the approver publishes it."""
    bureau = world.bureau(code)
    with clock.at(prepared):
        call = draft_call(world, bureau, opens=opens, closes=closes, **fields)
        noticing.prepare_call(call, by=bureau.officer)
    with clock.at(published):
        noticing.publish_call(call, by=bureau.approver)
    world.calls[code] = call
    return call


def draft_call(world: World, bureau: Bureau, *, opens: datetime, closes: datetime, **fields: Any) -> Call:
    """The officer drafts a call for the types the district has places of."""
    quotas = world.cycle.quotas.filter(authority=bureau.authority, places__gt=0).select_related(
        "carrier_type"
    )
    given = {"contact_office": bureau.authority.name, "contact_phone": "0755-00000000（示例）"} | fields
    return noticing.draft_call(
        world.cycle,
        bureau.authority,
        by=bureau.officer,
        opens_at=opens,
        closes_at=closes,
        types=[quota.carrier_type for quota in quotas],
        **given,
    )


def start_application(
    world: World, code: str, unit: Unit, *, at: datetime, pages: int = 1, leave_out: int = 0
) -> Application:
    """A unit registers, starts its application, fills the form and uploads its required materials."""
    with clock.at(at):
        owner = world.cast.applicants.get(unit.key) or found_unit(unit, world.bureau(code).authority)
        world.cast.applicants[unit.key] = owner
        application = applying.start_application(world.calls[code], world.type(unit.type), by=owner)
        applying.save_form(application, by=owner, **form_of(unit, application))
        required = application.carrier_type.materials.filter(required=True)
        for requirement in required[: required.count() - leave_out]:
            upload(application, requirement, by=owner, pages=pages)
    world.applications[unit.key] = application
    return application


def form_of(unit: Unit, application: Application) -> dict[str, Any]:
    """A filled form."""
    known: dict[str, Any] = {
        "carrier_name": f"{unit.name}载体",
        "registered_address": "深圳市示例路1号",
        "operating_address": "深圳市示例路1号",
        "training_address": f"深圳市示例区实训楼{unit.serial % 9 + 1}层",
        "contact_name": "联系人（示例）",
        "contact_phone": "0755-00000000",
        "occupations": "电工、数控车工、养老护理员",
        "trained_last_year": 200 + unit.serial % 40 * 15,
        "summary": f"{unit.name}常年面向员工和社会劳动者开展技能培训，设有专用实训场地。（示例）",
        "plan": "三年内扩建实训场地，开发课程，逐年扩大培训规模。（示例）",
        "master_name": f"大师{unit.serial}（示例）",
        "master_certificate": f"SL-{unit.serial:06d}",
    }
    asked = [entry for entry in application.answers.form.entries if entry.kind != "sum"]
    return {entry.code: known.get(entry.code) or example(entry, unit.serial) for entry in asked}


def upload(
    application: Application, requirement: MaterialRequirement, *, by: User, pages: int = 1, **flaws: Any
) -> None:
    """Upload one generated scan to its slot, with the flaws that `scan` knows."""
    content = scan(requirement.name, application.organisation.name, pages=pages, **flaws)
    screening.put_in_slot(
        application,
        requirement,
        by=by,
        content=BytesIO(content),
        original_name=f"扫描件{requirement.order}.pdf",
    )


def submit(world: World, unit: Unit, *, at: datetime) -> None:
    """The applicant hands in."""
    with clock.at(at):
        applying.submit(world.applications[unit.key], by=world.cast.applicants[unit.key])


def accept(world: World, code: str, unit: Unit, *, at: datetime) -> None:
    """The officer takes the paper copies in where they are asked for, marks all in order and accepts."""
    application, officer = world.applications[unit.key], world.bureau(code).officer
    with clock.at(at):
        take_copies(application, officer)
        mark_in_order(application, officer)
        screening.accept(application, by=officer)


def take_copies(application: Application, officer: User) -> None:
    """The bound copies come to the counter, where the call asks for them."""
    call = application.call
    if not call.paper_required:
        return
    pages = sum(file["pages"] for file in application.submissions.all()[0].files)
    facts = {"copies": call.paper_copies, "pages": pages, "has_contents": True, "matches": True}
    screening.receive_paper_copy(application, by=officer, **facts)


def mark_in_order(application: Application, officer: User) -> None:
    """Mark every material that is there."""
    for material in application.materials.filter(
        versions__removed_at=None, versions__isnull=False
    ).distinct():
        screening.mark_material(material, by=officer, mark=Check.Mark.IN_ORDER)


def form_panel(world: World, code: str, type_code: str, *, size: int, at: datetime) -> Panel:
    """The officer forms a panel and draws its experts while the supervisor watches."""
    officer = world.bureau(code).officer
    with clock.at(at):
        panel = judging.form_panel(world.calls[code], world.type(type_code), by=officer, size=size)
        judging.draw_experts(panel, by=officer, watched_by=world.cast.supervisor)
    world.panels[code, type_code] = panel
    return panel


def visit(world: World, panel: Panel, *, at: datetime) -> None:
    """The panel visits each applicant."""
    officer = world.bureau(panel.authority.code).officer
    for number, review in enumerate(panel.reviews.all()):
        with clock.at(at + timedelta(hours=number)):
            judging.record_visit(
                review,
                by=officer,
                visited_at=clock.now(),
                place=review.application.training_address,
                visitors=list(panel.seats.filter(left_at=None)),
                findings="场地、设备、台账与申报材料一致。（示例）",
            )


def discuss(world: World, panel: Panel, *, at: datetime) -> None:
    """The panel discusses all its applications."""
    officer = world.bureau(panel.authority.code).officer
    with clock.at(at):
        judging.record_minutes(
            panel,
            by=officer,
            reviews=list(panel.reviews.all()),
            held_at=clock.now(),
            place="区人力资源局会议室（示例）",
            present=list(panel.seats.filter(left_at=None)),
            text="专家组听取实地考察情况，逐一讨论各申报单位的条件、规模和成效，意见充分。（示例）",
        )


def score(
    panel: Panel,
    shares: dict[str, Decimal],
    *,
    at: datetime,
    shift: Iterable[str] = (),
    only_first: bool = False,
) -> None:
    """Each expert scores and signs; `shares` gives each unit's share of full points, by unit name.

    Units named in `shift` get one point moved into the category that ties are broken by: the same total,
    but ahead at a tie.
    """
    with clock.at(at):
        for review in panel.reviews.select_related("application__organisation"):
            share = shares[review.application.organisation.name]
            moved = review.application.organisation.name in set(shift)
            seats = panel.seats.filter(left_at=None).select_related("expert__user")
            for seat in seats[: 1 if only_first else None]:
                if not review.recusals.filter(seat=seat).exists():
                    _fill_and_sign(judging.open_sheet(review, by=seat.expert.user), share, moved)


def _fill_and_sign(sheet: ScoreSheet, share: Decimal, moved: bool) -> None:
    criteria = list(sheet.rubric.criteria.all())
    points = {line.pk: (line.points * share).quantize(Decimal("0.5")) for line in criteria}
    if moved:
        first, second = _one_of_each(criteria, sheet.review.panel.cycle.tie_order)
        points[first.pk] -= 1
        points[second.pk] += 1
    expert = sheet.seat.expert.user
    judging.save_scores(sheet, by=expert, points=points, comment="符合条件，建议认定。（示例）")
    judging.sign_sheet(sheet, by=expert)


def _one_of_each(criteria: list[Criterion], tie_order: list[str]) -> tuple[Criterion, Criterion]:
    """A criterion outside the category that ties are broken by first, and one inside it."""
    breaking = next(name for name in tie_order if any(line.category == name for line in criteria))
    inside = next(line for line in criteria if line.category == breaking)
    return next(line for line in criteria if line.category != breaking), inside


def finish(world: World, panel: Panel, *, at: datetime) -> None:
    """The officer closes the panel's work."""
    with clock.at(at):
        judging.finish_panel(panel, by=world.bureau(panel.authority.code).officer)


def reviews_by_unit(panel: Panel) -> dict[str, Review]:
    """The panel's reviews under their units' names."""
    return {
        r.application.organisation.name: r for r in panel.reviews.select_related("application__organisation")
    }
