"""What `make run` shows: Luohu 2024 finished, and 2025 under way with each district at another step."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.mandates.actions import claim_unit, send_letter
from zaiti.mandates.papers import TITLE
from zaiti.notices import actions as noticing
from zaiti.panels.models import Panel
from zaiti.programmes.actions import open_year, set_quotas
from zaiti.programmes.packs import Pack, load_pack
from zaiti.publicity import actions as posting
from zaiti.ranking import actions as ranking
from zaiti.ranking.models import Candidate
from zaiti.results import actions as reporting
from zaiti.screening import actions as screening
from zaiti.screening.models import Check
from zaiti_replay import luohu, play
from zaiti_replay.cast import Unit, credit_code, found_person, found_unit, staff_bureau
from zaiti_replay.jobs import run_jobs
from zaiti_replay.luohu import to_scores
from zaiti_replay.play import World, moment
from zaiti_replay.scans import scan

TODAY = "2025-06-30"
Flaw = dict[str, Any]
SOUND: Flaw = {}
LEANING: Flaw = {"tilt": 4.2}
UNSEALED: Flaw = {"seal": ""}
OTHER_SEAL: Flaw = {"seal": "深圳市另一家示例有限公司"}
ACCOUNTS = [
    ("sz.officer", "市局经办"),
    ("sz.reviewer", "市局审核"),
    ("sz.approver", "市局签发"),
    ("luohu.officer", "罗湖区经办"),
    ("luohu.reviewer", "罗湖区复核"),
    ("luohu.approver", "罗湖区签发"),
    ("longgang.officer", "龙岗区经办（受理进行中）"),
    ("longhua1", "申报单位（草稿）"),
    ("longgang2", "申报单位（待补正）"),
    ("longhua3", "申报单位（待确认）"),
    ("longhua.officer", "龙华区经办（有待确认的单位）"),
    ("expert1", "评审专家"),
    ("sz.supervisor", "监督员"),
    ("sz.auditor", "审计员"),
    ("admin", "系统管理员"),
]
NAMES = ["智能装备有限公司", "生物医药有限公司", "低空经济行业协会", "人工智能职业培训学校", "技师学院"]
Say = Callable[[str], object]


def load(say: Say) -> None:
    """Play both years, then leave the clock standing in the middle of the second."""
    say("演示数据：2024 年罗湖区认定全过程 …")
    old = _finished_year()
    say("演示数据：2025 年全市认定进行中 …")
    world = _new_year(old)
    for tell in (_futian, _luohu, _nanshan, _baoan, _longgang, _longhua, _yantian, _pingshan):
        with transaction.atomic():
            tell(world)
        run_jobs()
    _read_later()
    clock.set_to(moment(TODAY, 9, 30))


def _read_later() -> None:
    """Let the pre-check read what a visitor uploads first, then what came in last."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET priority = id - 1000000 WHERE queue_name = 'scans'")


def _finished_year() -> World:
    world = to_scores.begin(load_pack(settings.POLICIES / "luohu-2024.yaml"))
    for step in luohu.STEPS:
        step.do(world)
        run_jobs()
    return world


def _new_year(old: World) -> World:
    pack = load_pack(settings.POLICIES / "shenzhen-2025.yaml")
    with clock.at(moment("2025-04-28")):
        cycle = open_year(pack, by=old.cast.city.officer)
    world = World(pack, old.cast, cycle)
    with clock.at(moment("2025-04-28", 11)):
        set_quotas(cycle, by=old.cast.city.officer, places=_sample_quotas(pack, world))
        for authority in cycle.districts.exclude(code__in=world.cast.districts):
            world.cast.districts[authority.code] = staff_bureau(authority, by=world.cast.admin)
    _notify_districts(world)
    return world


def _notify_districts(world: World) -> None:
    """The city's notice, which three districts have not acknowledged yet."""
    notice = play.publish_city_notice(world, published=moment("2025-04-28", 16))
    for n, code in enumerate(sorted(world.cast.districts)[:-3]):
        with clock.at(moment("2025-04-29", 9, n)):
            bureau = world.bureau(code)
            noticing.acknowledge(notice, bureau.authority, by=bureau.officer)


def _sample_quotas(pack: Pack, world: World) -> dict[tuple[int, int], int]:
    """The pack's sample table, labelled 样例: the notice's own (附件1) is not to be had."""
    kinds = {kind.code: kind.pk for kind in world.cycle.types.all()}
    bureaus = dict(Authority.objects.values_list("code", "pk"))
    return {
        (bureaus[district.code], kinds[code]): places
        for district in pack.districts
        if district.sample_quotas
        for code, places in district.sample_quotas.by_type.items()
    }


def _call(world: World, code: str, published: str, opens: str, closes: str) -> None:
    play.publish_call(
        world,
        code,
        prepared=moment(published, 9) - timedelta(days=1),
        published=moment(published, 10),
        opens=moment(opens, 9),
        closes=moment(closes, 18),
    )


def _units(code: str, count: int, kind: str = "base") -> list[Unit]:
    district = Authority.objects.get(code=code).district.removesuffix("区")
    serial = 100 + 10 * list(Authority.objects.values_list("code", flat=True).order_by("pk")).index(code)
    return [Unit(f"{code}{n + 1}", f"示例{district}{NAMES[n]}", kind, serial + n) for n in range(count)]


def _apply(
    world: World, code: str, units: list[Unit], day: str, flaws: dict[str, list[Flaw]] | None = None
) -> None:
    for number, unit in enumerate(units):
        play.start_application(world, code, unit, at=moment(day, 9 + number))
        _upload_flawed(world, unit, (flaws or {}).get(unit.key, []), moment(day, 13))
        play.submit(world, unit, at=moment(day, 14, number * 7))


def _upload_flawed(world: World, unit: Unit, flaws: list[Flaw], at: datetime) -> None:
    """Scans as they often come, in the first slots."""
    application, owner = world.applications[unit.key], world.cast.applicants[unit.key]
    wanted = application.carrier_type.materials.filter(required=True)
    with clock.at(at):
        for requirement, flaw in zip(wanted, flaws, strict=False):
            play.upload(application, requirement, by=owner, pages=2, **flaw)


def _accept(world: World, code: str, units: list[Unit], day: str) -> None:
    for number, unit in enumerate(units):
        play.accept(world, code, unit, at=moment(day, 10, number * 5))


def _to_panel(world: World, code: str, count: int, days: tuple[str, str, str, str, str]) -> Panel:
    """Call, applications, acceptance and the draw; days: published, applied, closes, accepted, drawn."""
    published, applied, closes, accepted, drawn = days
    _call(world, code, published, published, closes)
    units = _units(code, count)
    _apply(world, code, units, applied)
    _accept(world, code, units, accepted)
    return play.form_panel(world, code, "base", size=3, at=moment(drawn))


def _to_list(world: World, code: str, count: int, days: tuple[str, ...], met: str) -> list[Candidate]:
    """On through visits and scores to the approved candidate list."""
    panel = _to_panel(world, code, count, days[:5])  # type: ignore[arg-type]  # five of them
    _judge(world, panel, days[5], count)
    bureau = world.bureau(code)
    with clock.at(moment(met, 9)):
        made = ranking.make_list(panel, by=bureau.officer)
    with clock.at(moment(met, 11)):
        ranking.decide_list(
            made,
            by=bureau.officer,
            meeting_on=date.fromisoformat(met),
            meeting_text="会议同意按评审排名确定候选名单。（示例）",
            listed=set(made.candidates.filter(suggested=True).values_list("pk", flat=True)),
            reasons={},
        )
    with clock.at(moment(met, 16)):
        ranking.approve_list(made, by=bureau.approver)
    return list(made.candidates.filter(state=Candidate.State.LISTED))


def _judge(world: World, panel: Panel, day: str, count: int) -> None:
    play.visit(world, panel, at=moment(day, 9))
    play.discuss(world, panel, at=moment(day, 15))
    shares = {
        unit.name: Decimal("0.95") - Decimal("0.05") * n
        for n, unit in enumerate(_units(panel.authority.code, count))
    }
    play.score(panel, shares, at=moment(day, 17))
    play.finish(world, panel, at=moment(day, 18))


def _futian(world: World) -> None:
    """Reported to the city."""
    days = ("2025-05-08", "2025-05-12", "2025-05-20", "2025-05-22", "2025-05-26", "2025-05-28")
    listed = _to_list(world, "futian", 3, days, "2025-06-03")
    bureau = world.bureau("futian")
    with clock.at(moment("2025-06-05")):
        made = posting.post_candidates(world.cycle, bureau.authority, by=bureau.officer, candidates=listed)
    with clock.at(clock.end_of_day(made.last_day) + timedelta(hours=9)):
        posting.close_posting(made, by=bureau.officer)
        cleared = list(Candidate.objects.filter(list__cycle=world.cycle, state=Candidate.State.CLEARED))
        report = reporting.prepare_report(
            world.cycle,
            bureau.authority,
            by=bureau.officer,
            candidates=cleared,
            opinion="经公示无异议，现予报送。",
        )
        reporting.send_report(report, by=bureau.approver)


def _luohu(world: World) -> None:
    """Being posted, with an objection to handle."""
    days = ("2025-05-09", "2025-05-16", "2025-05-30", "2025-06-04", "2025-06-09", "2025-06-12")
    listed = _to_list(world, "luohu", 3, days, "2025-06-24")
    bureau = world.bureau("luohu")
    with clock.at(moment("2025-06-26", 9)):
        made = posting.post_candidates(world.cycle, bureau.authority, by=bureau.officer, candidates=listed)
    with clock.at(moment("2025-06-27", 15)):
        posting.lodge_objection(
            made,
            listed[-1],
            by=None,
            name="异议人（示例）",
            identity_number="11010519491231002X",  # the worked example of GB 11643-1999
            phone="0755-00000000",
            text="该单位申报的实训设备清单与现场不符。（示例）",
        )


def _nanshan(world: World) -> None:
    """Discussed, scoring begun: one expert has signed."""
    days = ("2025-05-10", "2025-05-20", "2025-06-06", "2025-06-10", "2025-06-13")
    panel = _to_panel(world, "nanshan", 3, days)
    play.visit(world, panel, at=moment("2025-06-18", 9))
    play.discuss(world, panel, at=moment("2025-06-25", 15))
    units = {unit.name: Decimal("0.85") for unit in _units("nanshan", 3)}
    play.score(panel, units, at=moment("2025-06-26", 10), only_first=True)


def _baoan(world: World) -> None:
    """Panel drawn, visits ahead."""
    _to_panel(world, "baoan", 2, ("2025-05-12", "2025-05-22", "2025-06-12", "2025-06-17", "2025-06-25"))


def _longgang(world: World) -> None:
    """Screening: one accepted, one returned, the others waiting."""
    _call(world, "longgang", "2025-05-14", "2025-05-19", "2025-06-25")
    units = _units("longgang", 4)
    flaws = {units[1].key: [SOUND, SOUND, UNSEALED], units[3].key: [LEANING, UNSEALED, OTHER_SEAL]}
    _apply(world, "longgang", units, "2025-06-24", flaws)
    _accept(world, "longgang", units[:1], "2025-06-26")
    officer, application = world.bureau("longgang").officer, world.applications[units[1].key]
    with clock.at(moment("2025-06-27", 11)):
        play.mark_in_order(application, officer)
        material = application.materials.order_by("requirement__order")[2]
        screening.mark_material(material, by=officer, mark=Check.Mark.NOT_IN_FORM, reason="未加盖公章")
        screening.return_for_correction(
            application, by=officer, reasons=f"“{material}”未加盖公章，请盖章后重新扫描上传。"
        )


def _longhua(world: World) -> None:
    """The window is open: a draft and one handed in."""
    _call(world, "longhua", "2025-05-15", "2025-06-03", "2025-07-02")
    draft, done = _units("longhua", 2)
    play.start_application(world, "longhua", draft, at=moment("2025-06-26"), leave_out=3)
    _upload_flawed(world, draft, [SOUND, LEANING, UNSEALED], moment("2025-06-26", 15))
    _apply(world, "longhua", [done], "2025-06-27")
    _wait_for_confirmation(world)


def _wait_for_confirmation(world: World) -> None:
    """A unit that was just registered: its sealed letter lies with the district, and another claims it."""
    unit, district = (
        Unit("longhua3", "示例龙华工业设计有限公司", "base", 390),
        world.bureau("longhua").authority,
    )
    code = credit_code(unit.serial)
    with clock.at(moment("2025-06-28", 16)):
        owner = found_unit(unit, district, vouched=False)
        assert owner.organisation is not None
        letter = BytesIO(scan(TITLE, unit.name, code=code))
        send_letter(
            owner.organisation, by=owner, district=district, content=letter, original_name="授权委托书.pdf"
        )
    with clock.at(moment("2025-06-29", 10)):
        rival = found_person("longhua4", "另一申领人（示例）")
        letter = BytesIO(scan(TITLE, unit.name, seal="深圳市另一家示例有限公司"))
        claim_unit(
            by=rival, uscc=code, name=unit.name, district=district, content=letter, original_name="委托书.pdf"
        )


def _yantian(world: World) -> None:
    """Published late."""
    _call(world, "yantian", "2025-05-20", "2025-06-03", "2025-07-04")


def _pingshan(world: World) -> None:
    """A call that waits for approval, long after the city's day for calls."""
    bureau = world.bureau("pingshan")
    with clock.at(moment("2025-06-27")):
        opens, closes = moment("2025-07-01", 9), moment("2025-07-13", 18)
        call = play.draft_call(world, bureau, opens=opens, closes=closes)
        noticing.prepare_call(call, by=bureau.officer)
