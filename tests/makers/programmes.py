"""A year's recognition with dull defaults: three types, each with a small rubric and two material slots."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.makers.people import city, district
from zaiti.accounts.models import Authority
from zaiti.programmes.models import (
    CarrierType,
    Criterion,
    Cycle,
    FormVersion,
    MaterialRequirement,
    Policy,
    Programme,
    Quota,
    Rubric,
)
from zaiti.programmes.packs import Pack, load_pack
from zaiti.programmes.packs.plain_form import PLAIN

POLICIES = Path(__file__).parents[2] / "policies"
LETTERS = {"base": "JD", "studio": "DS", "station": "XC"}
TYPES = {"base": "高技能人才培训基地", "studio": "技能大师工作室", "station": "乡村振兴技能工作站"}
CRITERIA = (("甲类", "指标一", 30), ("甲类", "指标二", 30), ("乙类", "指标三", 40))
MASTER = {
    "title": "技能大师",
    "entries": [
        {"code": "master_name", "name": "技能大师姓名", "kind": "person"},
        {"code": "master_certificate", "name": "技能大师证书编号", "once": True},
    ],
}
MATERIALS = (("form", "申报表", True), ("extra", "其他证明", False))


@cache
def pack(name: str = "luohu-2024") -> Pack:
    """One of the real packs, read once."""
    return load_pack(POLICIES / f"{name}.yaml")


@cache
def _policy() -> dict[str, Any]:
    return pack().model_dump(mode="json")


def programme() -> Programme:
    """The city's programme; the same one each time."""
    return Programme.objects.get_or_create(
        city=city(),
        code="carriers",
        defaults={
            "name": "终身职业技能培训载体",
            "title": "终身职业技能培训载体认定",
            "certificate": "{city}-{year}-{type}-{number}",
        },
    )[0]


def cycle(year: int = 2024, **fields: Any) -> Cycle:
    """A year under way; the same one each time for a year, unless fields are given."""
    kept = Cycle.objects.filter(year=year, pack="test").first()
    if kept and not fields:
        return kept
    made = Cycle.objects.create(
        **{
            "year": year,
            "name": f"{year}年度示例认定",
            "state": Cycle.State.OPEN,
            "pack": "test",
            "city": city(),
            "programme": programme(),
            "cap": 20,
            "call_deadline": date(year, 5, 15),
            "report_deadline": date(year, 12, 20),
            "tie_order": ["甲类", "乙类", "panel_vote", "award_fewer"],
        }
        | fields
    )
    Policy.objects.create(cycle=made, facts=_policy())
    made.districts.add(district())
    for order, (code, name) in enumerate(TYPES.items()):
        kind = CarrierType.objects.create(
            cycle=made,
            code=code,
            name=name,
            letters=LETTERS[code],
            definition=f"{name}是示例。",
            focus="示例重点。",
            order=order,
        )
        rubric(kind)
        form(kind)
        MaterialRequirement.objects.bulk_create(
            MaterialRequirement(carrier_type=kind, code=slug, name=label, required=required, order=n)
            for n, (slug, label, required) in enumerate(MATERIALS)
        )
    return made


def restate(cycle: Cycle, **facts: Any) -> None:
    """Have a year's policy say something else."""
    stated = Policy.objects.get(cycle=cycle)
    stated.facts |= facts
    stated.save()
    cycle.refresh_from_db()


def carrier_type(code: str = "base", cycle: Cycle | None = None) -> CarrierType:
    """One type of a year, the default year unless another is named."""
    return CarrierType.objects.get(cycle=cycle or _default_cycle(), code=code)


def rubric(kind: CarrierType, authority: Authority | None = None, **fields: Any) -> Rubric:
    """A rubric of 100 points: two categories, three criteria."""
    made = Rubric.objects.create(
        **{"carrier_type": kind, "authority": authority, "pass_line": Decimal(70), "sample": True} | fields
    )
    Criterion.objects.bulk_create(
        Criterion(rubric=made, category=category, name=name, points=Decimal(points), order=order)
        for order, (category, name, points) in enumerate(CRITERIA)
    )
    return made


def form(kind: CarrierType, **entries: Any) -> FormVersion:
    """The plain form, for a studio with its master; more entries come under a heading of their own."""
    sections = list(PLAIN.model_dump(mode="json")["sections"])
    if kind.code == "studio":
        sections.insert(1, MASTER)
    if entries:
        more = [{"code": code, "name": code} | facts for code, facts in entries.items()]
        sections.append({"title": "更多", "entries": more})
    number = kind.forms.count() + 1
    return kind.forms.create(number=number, facts={"source": "D", "sections": sections})


def quota(
    places: int = 2,
    *,
    authority: Authority | None = None,
    carrier_type: CarrierType | None = None,
    code: str = "base",
) -> Quota:
    """So many places for one type in one district; set anew when it is there already."""
    kind = carrier_type or CarrierType.objects.get(cycle=_default_cycle(), code=code)
    bureau = authority or district()
    kind.cycle.districts.add(bureau)
    return Quota.objects.update_or_create(
        cycle=kind.cycle, authority=bureau, carrier_type=kind, defaults={"places": places}
    )[0]


def _default_cycle() -> Cycle:
    return cycle()
