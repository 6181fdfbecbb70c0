"""From the plan to the signed scores."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.panels import actions as judging
from zaiti.panels.models import Panel
from zaiti.programmes.actions import open_year, set_quotas
from zaiti.programmes.bureaus import bureaus_of
from zaiti.programmes.packs import Pack
from zaiti.screening import actions as screening
from zaiti.screening.models import Check
from zaiti_replay import play
from zaiti_replay.cast import Unit, add_experts, found_city, staff_bureau
from zaiti_replay.luohu.story import (
    BY_KEY,
    CORRECTED,
    HOME,
    LATE,
    PANELS,
    REFUSED,
    SHARES,
    UNITS,
    Row,
    local,
    refusal,
)
from zaiti_replay.play import World, moment


def begin(pack: Pack) -> World:
    """Before the year: the bureaus' people and the experts' pool."""
    with clock.at(moment("2024-07-01")):
        cast = found_city(bureaus_of(pack)[0])
    with clock.at(moment("2024-07-15")):
        cycle = open_year(pack, by=cast.city.officer)
        cast.districts[HOME] = staff_bureau(Authority.objects.get(code=HOME), by=cast.admin)
        add_experts(cast, count=16, own_unit=BY_KEY["studio1"])
    return World(pack, cast, cycle)


def plan(world: World) -> list[Row]:
    """The quotas the notice states, and a try to pass the cap."""
    quotas = list(
        world.cycle.quotas.select_related("authority", "carrier_type").order_by("carrier_type__order")
    )
    places = {(q.authority_id, q.carrier_type_id): q.places + 1 for q in quotas}
    with clock.at(moment("2024-07-16")):
        world.notes["cap_refused"] = refusal(
            lambda: set_quotas(world.cycle, by=world.cast.city.officer, places=places)
        )
    rows = [(q.authority.district, str(q.carrier_type), str(q.places)) for q in quotas]
    return [*rows, ("全市上限", "", str(world.cycle.cap))]


def call(world: World) -> list[Row]:
    """The district's call, published on the notice's day."""
    window = world.pack.windows[0]
    made = world.pack.notice.made_on
    published = play.publish_call(
        world,
        HOME,
        prepared=moment(made - timedelta(days=3), 15),
        published=moment(made, 10),
        opens=window.opens_at,
        closes=window.closes_at,
        paper_required=world.pack.paper.required,
        paper_copies=world.pack.paper.copies,
        contact_address=world.pack.paper.address or "",
        contact_phone=world.pack.contact.phone,
    )
    publication = published.publication
    assert publication is not None
    return [
        ("索引号", publication.index_number),
        ("申报时间", f"{local(published.opens_at)} 至 {local(published.closes_at)}"),
    ]


def apply(world: World) -> list[Row]:
    """Fourteen units apply; one presses the button when the clock says 18:00:00."""
    closes = world.calls[HOME].closes_at
    rows: list[Row] = []
    for number, unit in enumerate(UNITS):
        begun = closes - timedelta(days=12, hours=-number)
        application = play.start_application(world, HOME, unit, at=begun, pages=2 if number == 0 else 1)
        if unit is CORRECTED:
            _leave_unsealed(world, unit)
        at = closes if unit is LATE else closes - timedelta(seconds=1 + 3600 * (len(UNITS) - number - 1))
        said = refusal(partial(play.submit, world, unit, at=at))
        world.notes.setdefault("refused_to_submit", {})[unit.key] = said
        application.refresh_from_db()
        rows.append(
            (unit.name, str(application.carrier_type), local(at), application.number or "未提交", said)
        )
    return rows


def screen(world: World) -> list[Row]:
    """Acceptance, one correction, one refusal."""
    officer = world.bureau(HOME).officer
    for number, unit in enumerate(UNITS):
        if unit not in (LATE, CORRECTED, REFUSED):
            play.accept(world, HOME, unit, at=moment("2024-08-26", 9, number * 4))
    _correct(world)
    with clock.at(moment("2024-08-28", 11)):
        screening.decline(
            world.applications[REFUSED.key],
            by=officer,
            reason="申报单位不承担职业培训职能，不属于申报对象范围。（示例）",
        )
    rows: list[Row] = []
    for unit in UNITS:
        application = world.applications[unit.key]
        application.refresh_from_db()
        rows.append((application.number or "", unit.name, application.get_state_display()))
    return rows


def _leave_unsealed(world: World, unit: Unit) -> None:
    application = world.applications[unit.key]
    requirement = application.carrier_type.materials.filter(required=True)[1]
    with clock.at(moment("2024-08-20", 9)):
        play.upload(application, requirement, by=world.cast.applicants[unit.key], seal="")
    world.notes["unsealed"] = requirement


def _correct(world: World) -> None:
    application, officer = world.applications[CORRECTED.key], world.bureau(HOME).officer
    owner, requirement = world.cast.applicants[CORRECTED.key], world.notes["unsealed"]
    with clock.at(moment("2024-08-26", 14)):
        play.mark_in_order(application, officer)
        screening.mark_material(
            application.materials.get(requirement=requirement),
            by=officer,
            mark=Check.Mark.NOT_IN_FORM,
            reason="未加盖公章",
        )
        screening.return_for_correction(
            application, by=officer, reasons=f"“{requirement.name}”未加盖公章，请盖章后重新扫描上传。"
        )
    with clock.at(moment("2024-08-29", 16)):
        application.refresh_from_db()
        play.upload(application, requirement, by=owner)
        screening.answer_correction(application, by=owner)
    play.accept(world, HOME, CORRECTED, at=moment("2024-08-30"))


def draw(world: World) -> list[Row]:
    """A panel for each type, drawn under the supervisor's eyes, one's own unit left out."""
    rows: list[Row] = []
    for number, (code, size) in enumerate(PANELS.items()):
        panel = play.form_panel(world, HOME, code, size=size, at=moment("2024-09-03", 9 + number))
        drawn = panel.draws.get()
        left_out = "、".join(row["name"] for row in drawn.left_out) or "无"
        rows.append(
            (str(panel.carrier_type), str(len(drawn.pool)), str(size), left_out, drawn.seed[:12] + "…")
        )
    return rows


def review(world: World) -> list[Row]:
    """Visits, discussion, one recusal, scores and signatures."""
    rows: list[Row] = []
    for number, code in enumerate(PANELS):
        panel = world.panels[HOME, code]
        play.visit(world, panel, at=moment("2024-09-05", 9) + timedelta(days=number))
        if code == "studio":
            _step_back(world)
        if code == "base":
            world.notes["early_score"] = refusal(partial(_score_early, panel))
        play.discuss(world, panel, at=moment("2024-09-11", 9 + number))
        shares = {BY_KEY[k].name: Decimal(v) for k, v in SHARES.items()}
        play.score(panel, shares, at=moment("2024-09-11", 15 + number), shift=[BY_KEY["base4"].name])
        play.finish(world, panel, at=moment("2024-09-12", 10 + number))
        for one in panel.reviews.order_by("-total").select_related("application__organisation"):
            rows.append((str(panel.carrier_type), one.application.organisation.name, str(one.total)))
    return rows


def _score_early(panel: Panel) -> None:
    judging.open_sheet(panel.reviews.all()[0], by=panel.seats.all()[0].expert.user)


def _step_back(world: World) -> None:
    panel = world.panels[HOME, "studio"]
    seat = panel.seats.filter(left_at=None).select_related("expert__user")[0]
    with clock.at(moment("2024-09-09", 16)):
        judging.recuse(
            play.reviews_by_unit(panel)[BY_KEY["studio3"].name],
            seat,
            by=seat.expert.user,
            reason="与申报单位负责人有师生关系，申请回避。（示例）",
        )
