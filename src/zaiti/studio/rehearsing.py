"""Go through a year by its calendar and its numbers before it is opened: what would go wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from zaiti import clock
from zaiti.core import Refused
from zaiti.programmes.packs import Pack
from zaiti.programmes.packs.reading import Place

Said = tuple[Place, str]
SHORT = 10  # working days of a window below which it is said how short it is; our own mark


class Stage(NamedTuple):
    """What is done until when, at the latest."""

    name: str
    day: date


@dataclass
class Course:
    """How the year goes for one district, or for all that set their own windows."""

    who: str
    stages: list[Stage]
    spare: int  # working days that are left for the experts' review


@dataclass
class Rehearsal:
    """What was found."""

    wrong: list[Said] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)


def rehearsed(pack: Pack) -> Rehearsal:
    """Every deadline computed by the holiday table, every sum drawn."""
    found = Rehearsal(list(_numbers(pack)))
    try:
        found.wrong += _rest_days(pack)
        found.courses = list(_courses(pack))
    except Refused as unknown:
        found.wrong.append((("year",), f"推算不下去：{unknown}"))
        return found
    found.wrong += _unreachable(pack, found.courses)
    return found


def _rest_days(pack: Pack) -> Iterator[Said]:
    for name in ("call_deadline", "report_deadline"):
        day = getattr(pack, name)
        if day and not clock.is_working(day):
            yield (name,), f"{day}是休息日，当天无人办理，请改为工作日。"
    for at, window in enumerate(pack.windows):
        for name in ("opens_at", "closes_at"):
            day = getattr(window, name).date()
            if not clock.is_working(day):
                yield ("windows", at, name), f"{day}是休息日，请核对申报窗口。"
        days = _between(window.opens_at.date(), window.closes_at.date())
        if days < SHORT:
            yield ("windows", at, "closes_at"), f"申报窗口只有{days}个工作日，申报单位可能来不及准备材料。"
        if pack.call_deadline and window.opens_at.date() < pack.call_deadline:
            said = f"申报在{window.opens_at.date()}开始，早于发布申报通知的期限{pack.call_deadline}。"
            yield ("windows", at, "opens_at"), said


def _courses(pack: Pack) -> Iterator[Course]:
    """From the end of each window, or from the last day for calls where districts set their own."""
    names = {place.code: place.name for place in pack.districts}
    for window in pack.windows:
        yield _course(pack, names.get(window.district, window.district), "申报截止", window.closes_at.date())
    if not pack.windows and pack.call_deadline:
        yield _course(pack, "各区", "最迟发布申报通知", pack.call_deadline)


def _course(pack: Pack, who: str, first: str, day: date) -> Course:
    stages = [Stage(first, day)]
    accepted = clock.add_working_days(day, pack.acceptance_days)
    stages.append(Stage("最迟作出受理决定", accepted))
    for _chance in range(pack.returns_allowed):
        mended = clock.add_working_days(accepted, pack.correction_days)
        accepted = clock.add_working_days(mended, pack.acceptance_days)
        stages += [Stage("补正最迟交回", mended), Stage("补正后最迟作出受理决定", accepted)]
    if not pack.report_deadline:
        return Course(who, stages, SHORT)
    posted = _days_before(pack.report_deadline, pack.publicity_days + 1)
    stages += [Stage("最迟开始公示", posted), Stage("报送期限", pack.report_deadline)]
    return Course(who, stages, _between(accepted, posted))


def _unreachable(pack: Pack, courses: list[Course]) -> Iterator[Said]:
    """Without a day for the review the report can't come in time."""
    for course in courses:
        accepted = next(one.day for one in reversed(course.stages) if "受理" in one.name)
        if course.spare < 1:
            start = course.stages[0]
            yield (
                ("report_deadline",),
                f"{course.who}：{start.name}{start.day}，受理和补正最迟到{accepted}，"
                f"再公示{pack.publicity_days}个工作日，{pack.report_deadline}之前报送不了。",
            )


def _numbers(pack: Pack) -> Iterator[Said]:
    given = {place.code: place.quotas or place.sample_quotas for place in pack.districts}
    rows = {code: row.model_dump() if row else {} for code, row in given.items()}
    places = {kind.code: sum(row.get(kind.code) or 0 for row in rows.values()) for kind in pack.types}
    total = sum(places.values())
    if total != pack.cap:
        yield ("cap",), f"各区名额合计{total}家，认定上限{pack.cap}家，相差{abs(pack.cap - total)}家。"
    for at, kind in enumerate(pack.types):
        if not places[kind.code]:
            yield ("types", at, "name"), f"各区都没有“{kind.name}”的名额，这一类没有人能申报。"
    for at, place in enumerate(pack.districts):
        if not any(rows[place.code].get(kind.code) for kind in pack.types):
            yield ("districts", at, "quotas"), f"{place.name}没有名额，不能发布申报通知。"
    yield from _unused(pack, rows)


def _unused(pack: Pack, rows: dict[str, dict[str, object]]) -> Iterator[Said]:
    """What is filled in and read by nobody."""
    codes = {kind.code for kind in pack.types}
    for at, window in enumerate(pack.windows):
        if not any(rows.get(window.district, {}).get(code) for code in codes):
            yield ("windows", at, "district"), "这个区没有名额，它的申报窗口用不上。"
    for at, place in enumerate(pack.districts):
        if place.quotas and place.sample_quotas:
            yield ("districts", at, "sample_quotas"), f"{place.name}已有正式名额，样例名额用不上。"
    if pack.returns_allowed == 0 and pack.correction_days:
        yield ("correction_days",), "不允许补正，补正天数用不上。"


def _between(after: date, upto: date) -> int:
    """The working days after one day, up to another; negative the other way round."""
    if upto < after:
        return -_between(upto, after)
    return sum(clock.is_working(after + timedelta(days=n + 1)) for n in range((upto - after).days))


def _days_before(day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= clock.is_working(day)
    return day
