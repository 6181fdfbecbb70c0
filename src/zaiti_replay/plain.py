"""Any pack that states windows and places, played straight to the published list by invented people."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from zaiti import clock
from zaiti.carriers import actions as registering
from zaiti.carriers.models import Carrier
from zaiti.programmes.actions import open_year
from zaiti.programmes.bureaus import bureaus_of
from zaiti.programmes.models import Quota
from zaiti.programmes.packs import Pack
from zaiti.publicity import actions as posting
from zaiti.ranking import actions as ranking
from zaiti.ranking.models import Candidate
from zaiti.results import actions as reporting
from zaiti_replay import play
from zaiti_replay.cast import Unit, add_experts, found_city, staff_bureau
from zaiti_replay.checks import FOR_ANY, Check, recognised
from zaiti_replay.luohu.story import Row, Step
from zaiti_replay.play import World, moment

FIRST_UNIT = 500  # serial numbers of the invented units
BEST, STEP = Decimal("0.95"), Decimal("0.05")


def begin(pack: Pack) -> World:
    """Before the year: the bureaus' people and the experts' pool."""
    made = moment(pack.notice.made_on)
    with clock.at(made - timedelta(days=20)):
        city, districts = bureaus_of(pack)
        cast = found_city(city)
    with clock.at(made - timedelta(days=10)):
        cycle = open_year(pack, by=cast.city.officer)
        for place in districts:
            cast.districts[place.code] = staff_bureau(place, by=cast.admin)
        add_experts(cast, count=5 * pack.scoring.minimum_panel)
    return World(pack, cast, cycle)


def plan(world: World) -> list[Row]:
    """The places that the pack gives out."""
    return [(row.authority.district, str(row.carrier_type), str(row.places)) for row in _places(world)]


def call(world: World) -> list[Row]:
    """The city tells its districts; each with a window publishes its call on the notice's day."""
    rows: list[Row] = []
    made = moment(world.pack.notice.made_on, 10)
    if world.pack.level == "city" and any(_places(world)):
        play.publish_city_notice(world, published=made - timedelta(days=4))
    for window in world.pack.windows:
        call = play.publish_call(
            world,
            window.district,
            prepared=made - timedelta(days=3),
            published=made,
            opens=window.opens_at,
            closes=window.closes_at,
        )
        rows.append((call.authority.district, call.title))
    return rows


def apply(world: World) -> list[Row]:
    """For each type one unit more than there are places."""
    serial, rows = count(FIRST_UNIT), list[Row]()
    kinds = [kind.code for kind in world.pack.may_apply.kinds]
    for quota in _places(world):
        for n in range(quota.places + 1):
            code, number = quota.authority.code, next(serial)
            name = f"示例{quota.authority.district}{quota.carrier_type}申报单位{n + 1}"
            unit = Unit(f"{code}.{number}", name, quota.carrier_type.code, number, kinds[n % len(kinds)])
            closes = world.calls[code].closes_at
            application = play.start_application(world, code, unit, at=closes - timedelta(days=2))
            play.submit(world, unit, at=closes - timedelta(minutes=number - FIRST_UNIT + 1))
            application.refresh_from_db()
            world.notes.setdefault("units", {}).setdefault((code, unit.type), []).append(unit)
            rows.append((name, str(quota.carrier_type), application.number or ""))
    return rows


def screen(world: World) -> list[Row]:
    """All are accepted."""
    rows: list[Row] = []
    for (code, _type), units in world.notes["units"].items():
        for unit in units:
            play.accept(world, code, unit, at=_after(world, code, days=1))
            rows.append((unit.name,))
    return rows


def review(world: World) -> list[Row]:
    """Panels are drawn, visit, discuss, score and sign."""
    rows: list[Row] = []
    for (code, kind), units in world.notes["units"].items():
        size = world.cycle.minimum_panel
        panel = play.form_panel(world, code, kind, size=size, at=_after(world, code, days=3))
        play.visit(world, panel, at=_after(world, code, days=5))
        play.discuss(world, panel, at=_after(world, code, days=7))
        shares = {unit.name: BEST - STEP * n for n, unit in enumerate(units)}
        play.score(panel, shares, at=_after(world, code, days=7, hours=5))
        play.finish(world, panel, at=_after(world, code, days=8))
        totals = panel.reviews.order_by("-total").select_related("application__organisation")
        rows += [
            (str(panel.carrier_type), str(one.application.organisation), str(one.total)) for one in totals
        ]
    return rows


def rank(world: World) -> list[Row]:
    """The meeting follows the order."""
    for (code, _kind), panel in world.panels.items():
        bureau = world.bureau(code)
        with clock.at(_after(world, code, days=9)):
            made = ranking.make_list(panel, by=bureau.officer)
            ranking.decide_list(
                made,
                by=bureau.officer,
                meeting_on=clock.today(),
                meeting_text="会议同意按评审排名确定候选名单。（示例）",
                listed=set(made.candidates.filter(suggested=True).values_list("pk", flat=True)),
                reasons={},
            )
        with clock.at(_after(world, code, days=10)):
            ranking.approve_list(made, by=bureau.approver)
    return [(str(row), row.get_state_display()) for row in Candidate.objects.filter(cycle=world.cycle)]


def post(world: World) -> list[Row]:
    """Each district posts its names and reports them when the term is over."""
    for code in world.calls:
        _post(world, code)
    return [(str(row), row.get_state_display()) for row in Candidate.objects.filter(cycle=world.cycle)]


def _post(world: World, code: str) -> None:
    bureau = world.bureau(code)
    ours = Candidate.objects.filter(cycle=world.cycle, authority=bureau.authority)
    with clock.at(_after(world, code, days=11)):
        listed = list(ours.filter(state=Candidate.State.LISTED))
        made = posting.post_candidates(world.cycle, bureau.authority, by=bureau.officer, candidates=listed)
    with clock.at(clock.end_of_day(made.last_day) + timedelta(hours=9)):
        posting.close_posting(made, by=bureau.officer)
        report = reporting.prepare_report(
            world.cycle,
            bureau.authority,
            by=bureau.officer,
            candidates=list(ours.filter(state=Candidate.State.CLEARED)),
            opinion="经公示无异议，现予报送。",
        )
        reporting.send_report(report, by=bureau.approver)
        reporting.accept_report(report, by=world.cast.city.reviewer)
        world.notes["reported"] = max(clock.now(), world.notes.get("reported", clock.now()))


def announce(world: World) -> list[Row]:
    """The city publishes its one list; carriers enter the register."""
    city, at = world.cast.city, world.notes["reported"]
    with clock.at(at + timedelta(days=1)):
        made = reporting.prepare_announcement(world.cycle, by=city.officer)
    with clock.at(at + timedelta(days=2)):
        carriers = registering.announce(made, by=city.approver)
    return [(one.certificate_number, one.name, str(one.carrier_type)) for one in carriers]


def _places(world: World) -> Iterator[Quota]:
    rows = world.cycle.quotas.filter(places__gt=0, authority__code__in=_called(world))
    yield from rows.select_related("authority", "carrier_type").order_by(
        "authority_id", "carrier_type__order"
    )


def _called(world: World) -> list[str]:
    return [window.district for window in world.pack.windows]


def _after(world: World, code: str, *, days: int, hours: int = 0) -> datetime:
    """So long after the district's window has closed, in the morning."""
    return moment(world.calls[code].closes_at.date() + timedelta(days=days), 10 + hours)


def _all_places_taken(world: World) -> bool:
    wanted = {kind.code: 0 for kind in world.cycle.types.all()}
    for quota in _places(world):
        wanted[quota.carrier_type.code] += quota.places
    return recognised(world) == wanted and any(wanted.values())


def _said_as_stated(world: World) -> bool:
    """The list and the certificates say the pack's city and programme."""
    text = world.cycle.announcement.publication
    numbers = Carrier.objects.filter(candidate__cycle=world.cycle).values_list(
        "certificate_number", flat=True
    )
    series = [
        world.cycle.programme.certified(world.cycle.year, kind.letters).partition("{number}")[0]
        for kind in world.cycle.types.all()
    ]
    return (
        text is not None
        and world.cycle.recognised in text.title
        and all(any(number.startswith(start) for start in series) for number in numbers)
    )


STEPS = [
    Step("城市计划与名额", ("区", "类型", "名额"), plan),
    Step("发布申报通知", ("区", "通知"), call),
    Step("申报", ("申报单位", "类型", "申报编号"), apply),
    Step("受理", ("申报单位",), screen),
    Step("抽取专家、考察、评议与打分", ("类型", "申报单位", "总分"), review),
    Step("排名与会议决定", ("候选", "状态"), rank),
    Step("公示与报送", ("候选", "状态"), post),
    Step("结果发布", ("证书编号", "载体", "类型"), announce),
]
CHECKS: list[Check] = [
    ("名额全部认定", _all_places_taken),
    ("文书和证书编号用本项目的名称与规则", _said_as_stated),
    *FOR_ANY,
]
Story = tuple[Callable[[Pack], World], list[Step], list[Check]]
STORY: Story = (begin, STEPS, CHECKS)
