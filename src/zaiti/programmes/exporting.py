"""A year that was opened, as the pack that would make it again: with what was changed in pages since."""

from typing import Any

from zaiti.programmes.models import Cycle, Quota, Rubric
from zaiti.programmes.packs import Pack
from zaiti.programmes.packs.schema import Quotas

SET_HERE = "市人力资源部门下达的认定计划"  # where places come from that were filled in after the opening


def pack_of(cycle: Cycle) -> Pack:
    """What the year's pack says, with the cap, the places and the rubrics' sources as they are now."""
    facts = dict(cycle.stated.facts) | {"cap": cycle.cap}
    quotas = list(cycle.quotas.select_related("authority", "carrier_type"))
    codes = [kind["code"] for kind in facts["types"]]
    facts["districts"] = [_with_places(place, quotas, codes) for place in facts["districts"]]
    if sum(map(_sample_total, facts["districts"])) > cycle.cap:
        facts["districts"] = [place | {"sample_quotas": None} for place in facts["districts"]]
    rubrics = {row.carrier_type.code: row for row in _city_rubrics(cycle)}
    facts["types"] = [_with_source(kind, rubrics.get(kind["code"])) for kind in facts["types"]]
    return Pack.model_validate(facts)


def _city_rubrics(cycle: Cycle) -> list[Rubric]:
    rows = Rubric.objects.filter(carrier_type__cycle=cycle, authority=None).order_by("version")
    return list(rows.select_related("carrier_type"))


def _with_places(place: dict[str, Any], quotas: list[Quota], codes: list[str]) -> dict[str, Any]:
    held = {row.carrier_type.code: row.places for row in quotas if row.authority.code == place["code"]}
    stated = place["quotas"]
    if not stated and not any(held.values()):
        return place
    nothing = {"source": SET_HERE} | dict.fromkeys(codes, 0)
    return place | {"quotas": (stated or nothing) | held}


def _sample_total(place: dict[str, Any]) -> int:
    return (
        sum(Quotas.model_validate(place["sample_quotas"]).by_type.values()) if place["sample_quotas"] else 0
    )


def _with_source(kind: dict[str, Any], rubric: Rubric | None) -> dict[str, Any]:
    if rubric is None or rubric.sample or not kind["rubric"]["sample"]:
        return kind
    return kind | {"rubric": kind["rubric"] | {"sample": False, "source": f"文件：{rubric.source}"}}
