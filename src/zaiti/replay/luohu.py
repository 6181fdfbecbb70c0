"""The Luohu 2024 year as a story: its notice's own dates, fourteen invented applicants, and what goes wrong.

Window, publication day, quotas and publicity days come from the pack [N2]; the days after the window are ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.carriers import actions as registering
from zaiti.carriers.models import Carrier
from zaiti.core import Refused
from zaiti.panels import actions as judging
from zaiti.panels.models import Panel
from zaiti.programmes.actions import open_year, set_quotas
from zaiti.programmes.packs import Pack
from zaiti.publicity import actions as posting
from zaiti.publicity.models import Posting
from zaiti.ranking import actions as ranking
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.replay import play
from zaiti.replay.cast import Unit, add_experts, found_city, staff_bureau
from zaiti.replay.play import World, moment
from zaiti.results import actions as reporting
from zaiti.results.models import Report
from zaiti.screening import actions as screening
from zaiti.screening.models import Check

Row = tuple[str, ...]
HOME = "luohu"


def _unit(key: str, name: str, code: str, serial: int, kind: str = "enterprise") -> Unit:
    return Unit(key, f"示例{name}", code, serial, kind)


UNITS = [
    _unit("base1", "智造股份有限公司", "base", 1),
    _unit("base2", "机电职业培训学校", "base", 2, "training"),
    _unit("base3", "酒店管理有限公司", "base", 3),
    _unit("base4", "养老服务集团有限公司", "base", 4),
    _unit("base5", "物流行业协会", "base", 5, "association"),
    _unit("base6", "科技贸易有限公司", "base", 6),
    _unit("base7", "汽车技师学院", "base", 7, "college"),
    _unit("studio1", "珠宝首饰有限公司", "studio", 11),
    _unit("studio2", "餐饮文化有限公司", "studio", 12),
    _unit("studio3", "钟表精密制造有限公司", "studio", 13),
    _unit("studio4", "园林古建有限公司", "studio", 14),
    _unit("station1", "家政服务有限公司", "station", 21),
    _unit("station2", "农业科技推广中心", "station", 22, "public"),
    _unit("station3", "社区职业培训中心", "station", 23, "training"),
]
BY_KEY = {unit.key: unit for unit in UNITS}
LATE, CORRECTED, REFUSED, OBJECTED = (BY_KEY[key] for key in ("base7", "base4", "base6", "base2"))
SHARES = {
    "base1": "0.95",
    "base2": "0.90",
    "base3": "0.85",
    "base4": "0.85",
    "base5": "0.75",
    "studio1": "0.90",
    "studio2": "0.85",
    "studio3": "0.80",
    "studio4": "0.50",
    "station1": "0.80",
    "station2": "0.90",
    "station3": "0.70",
}
PANELS = {"base": 5, "studio": 3, "station": 3}


@dataclass(frozen=True)
class Step:
    """One step of the year: what it is called, what its table is headed by, and the doing."""

    title: str
    heads: Row
    do: Callable[[World], list[Row]]


def begin(pack: Pack) -> World:
    """Before the year: the bureaus' people and the experts' pool."""
    with clock.at(moment("2024-07-01")):
        city = Authority.objects.get_or_create(
            code=pack.city.code,
            defaults={"level": "city", "name": pack.city.name, "doc_prefix": pack.city.doc_prefix},
        )[0]
        cast = found_city(city)
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
        world.notes["cap_refused"] = _refusal(
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
        ("申报时间", f"{_local(published.opens_at)} 至 {_local(published.closes_at)}"),
    ]


def apply(world: World) -> list[Row]:
    """Fourteen units apply; one presses the button when the clock says 18:00:00."""
    closes, rows = world.calls[HOME].closes_at, []
    for number, unit in enumerate(UNITS):
        begun = closes - timedelta(days=12, hours=-number)
        application = play.start_application(world, HOME, unit, at=begun, pages=1 + number % 2)
        if unit is CORRECTED:
            _leave_unsealed(world, unit)
        at = closes if unit is LATE else closes - timedelta(seconds=1 + 3600 * (len(UNITS) - number - 1))
        refusal = _refusal(partial(play.submit, world, unit, at=at))
        world.notes.setdefault("refused_to_submit", {})[unit.key] = refusal
        application.refresh_from_db()
        rows.append(
            (unit.name, str(application.carrier_type), _local(at), application.number or "未提交", refusal)
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
    rows = []
    for unit in UNITS:
        application = world.applications[unit.key]
        application.refresh_from_db()
        rows.append((application.number or "", unit.name, application.get_state_display()))
    return rows


def _leave_unsealed(world: World, unit: Unit) -> None:
    application = world.applications[unit.key]
    requirement = application.carrier_type.materials.filter(required=True)[1]
    with clock.at(moment("2024-08-20", 9)):
        play.upload(application, requirement, by=world.cast.applicants[unit.key], seal=False)
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
    rows = []
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
    rows = []
    for number, code in enumerate(PANELS):
        panel = world.panels[HOME, code]
        play.visit(world, panel, at=moment("2024-09-05", 9) + timedelta(days=number))
        if code == "studio":
            _step_back(world)
        if code == "base":
            world.notes["early_score"] = _refusal(partial(_score_early, panel))
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


def rank(world: World) -> list[Row]:
    """Order, pass line, the tie and the quota's cut; the meeting follows them."""
    bureau, rows = world.bureau(HOME), []
    for code in PANELS:
        with clock.at(moment("2024-09-13", 9)):
            made = ranking.make_list(world.panels[HOME, code], by=bureau.officer)
        with clock.at(moment("2024-09-13", 15)):
            _decide(made, bureau.officer)
        with clock.at(moment("2024-09-14", 10)):
            ranking.approve_list(made, by=bureau.approver)
        for row in made.candidates.order_by("rank"):
            note = row.tie_note or row.fails_because
            rows.append(
                (
                    str(made.carrier_type),
                    str(row.rank),
                    str(row),
                    str(row.total),
                    row.get_state_display(),
                    note,
                )
            )
    return rows


def _decide(made: CandidateList, officer: User) -> None:
    ranking.decide_list(
        made,
        by=officer,
        meeting_on=clock.today(),
        meeting_text="会议听取评审情况汇报，同意按评审排名确定候选名单。（示例）",
        listed=set(made.candidates.filter(suggested=True).values_list("pk", flat=True)),
        reasons={},
    )


def post(world: World) -> list[Row]:
    """Five working days of publicity; an objection comes in; a close before its day is refused."""
    bureau = world.bureau(HOME)
    listed = list(Candidate.objects.filter(cycle=world.cycle, state=Candidate.State.LISTED))
    with clock.at(moment("2024-09-18", 9)):
        made = posting.post_candidates(world.cycle, bureau.authority, by=bureau.officer, candidates=listed)
    world.notes["posting"] = made
    _object(world, made)
    with clock.at(moment(made.last_day, 23, 59, 59)):
        world.notes["early_close"] = _refusal(lambda: posting.close_posting(made, by=bureau.officer))
    with clock.at(clock.end_of_day(made.last_day) + timedelta(hours=9)):
        posting.close_posting(made, by=bureau.officer)
    return [
        (str(c), c.get_state_display())
        for c in Candidate.objects.filter(postings=made).order_by("list", "rank")
    ]


def _object(world: World, made: Posting) -> None:
    candidate = Candidate.objects.get(review__application=world.applications[OBJECTED.key])
    with clock.at(moment("2024-09-24", 11)):
        world.notes["objection"] = posting.lodge_objection(
            made,
            candidate,
            by=None,
            name="异议人（示例）",
            identity_number="11010519491231002X",  # the worked example of GB 11643-1999
            phone="0755-00000000",
            text="该单位培训台账与实际不符，附名册比对。（示例）",
        )


def report(world: World) -> list[Row]:
    """The cleared names go to the city; the objected one may not."""
    bureau, city = world.bureau(HOME), world.cast.city
    blocked = Candidate.objects.get(review__application=world.applications[OBJECTED.key])
    with clock.at(moment("2024-09-27", 10)):
        world.notes["blocked_report"] = _refusal(
            lambda: reporting.prepare_report(
                world.cycle, bureau.authority, by=bureau.officer, candidates=[blocked], opinion="（示例）"
            )
        )
    first = _send(world, moment("2024-09-27", 11))
    _uphold(world)
    successor = _succeed(world)
    second = _send(world, moment("2024-10-22", 10))
    with clock.at(moment("2024-10-23", 15)):
        for made in (first, second):
            reporting.accept_report(made, by=city.reviewer)
    return [
        *((str(c), "第一次报送") for c in first.candidates.all()),
        (str(blocked), "异议成立，取消候选资格"),
        (str(successor), "递补、单独公示后报送"),
    ]


def _send(world: World, at: datetime) -> Report:
    bureau = world.bureau(HOME)
    cleared = list(Candidate.objects.filter(cycle=world.cycle, state=Candidate.State.CLEARED))
    with clock.at(at):
        made = reporting.prepare_report(
            world.cycle,
            bureau.authority,
            by=bureau.officer,
            candidates=cleared,
            opinion="经公示无异议或异议不成立，现予报送。",
        )
        reporting.send_report(made, by=bureau.approver)
    return made


def _uphold(world: World) -> None:
    bureau, objection = world.bureau(HOME), world.notes["objection"]
    with clock.at(moment("2024-09-29", 10)):
        posting.take_up(objection, by=bureau.officer)
    with clock.at(moment("2024-10-09", 10)):
        posting.propose_answer(
            objection, by=bureau.officer, upholds=True, answer="经核查，台账与实际不符，异议成立。（示例）"
        )
        reporting.settle_objection(objection, by=bureau.approver)


def _succeed(world: World) -> Candidate:
    bureau = world.bureau(HOME)
    blocked = Candidate.objects.get(review__application=world.applications[OBJECTED.key])
    with clock.at(moment("2024-10-10", 9)):
        successor = ranking.name_successor(blocked, by=bureau.officer, reason="按评审排名依次递补。")
        own = posting.post_candidates(
            world.cycle, bureau.authority, by=bureau.officer, candidates=[successor]
        )
    with clock.at(clock.end_of_day(own.last_day) + timedelta(hours=9)):
        posting.close_posting(own, by=bureau.officer)
    world.notes["successor_posting"] = own
    return successor


def announce(world: World) -> list[Row]:
    """The city's one list; carriers enter the register."""
    city = world.cast.city
    with clock.at(moment("2024-11-14", 10)):
        made = reporting.prepare_announcement(world.cycle, by=city.officer)
    with clock.at(moment("2024-11-15", 10)):
        carriers = registering.announce(made, by=city.approver)
    return [(c.certificate_number, c.name, str(c.carrier_type)) for c in carriers]


def follow_up(world: World) -> list[Row]:
    """A year later: training reported, one carrier told to correct, and it does."""
    bureau = world.bureau(HOME)
    carrier = Carrier.objects.get(organisation__name=BY_KEY["station2"].name)
    owner = world.cast.applicants["station2"]
    with clock.at(moment("2025-03-03")):
        told = registering.tell_to_correct(
            carrier,
            by=bureau.officer,
            ground="not_performing",
            text="本年度培训台账未按时报送，请改正。（示例）",
            due=moment("2025-03-31").date(),
        )
    with clock.at(moment("2025-03-20")):
        registering.answer_rectification(told, by=owner, answer="已补报台账并建立月报制度。（示例）")
        row = registering.report_training(carrier, by=owner, year=2024, sessions=12, people=260)
    with clock.at(moment("2025-03-25")):
        registering.verify_training(row, by=bureau.officer)
        registering.settle_rectification(told, by=bureau.officer, conclusion="经核查，已改正。（示例）")
    carrier.refresh_from_db()
    return [(carrier.certificate_number, carrier.name, carrier.get_state_display())]


def _refusal(deed: Callable[[], object]) -> str:
    """Do what must be refused and give the sentence; nothing when it was let through."""
    try:
        deed()
    except Refused as no:
        return no.message
    return ""


def _local(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


STEPS = [
    Step("城市计划与名额", ("区", "类型", "名额"), plan),
    Step("发布申报通知", ("项目", "内容"), call),
    Step("申报", ("申报单位", "类型", "提交时间", "申报编号", "拒绝原因"), apply),
    Step("受理", ("申报编号", "申报单位", "状态"), screen),
    Step("抽取专家", ("类型", "入池", "抽取", "回避", "随机种子"), draw),
    Step("考察、评议与打分", ("类型", "申报单位", "总分"), review),
    Step("排名与会议决定", ("类型", "名次", "申报单位", "总分", "状态", "说明"), rank),
    Step("公示", ("申报单位", "状态"), post),
    Step("报送", ("申报单位", "说明"), report),
    Step("结果发布", ("证书编号", "载体", "类型"), announce),
    Step("跟踪管理", ("证书编号", "载体", "状态"), follow_up),
]
