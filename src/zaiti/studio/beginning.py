"""What a year in preparation begins with: an empty template, or another year moved to this one."""

from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.core import Refused
from zaiti.notices.text import window_words
from zaiti.programmes.packs import Pack, schema
from zaiti.programmes.packs.programme import usual
from zaiti.programmes.packs.references import referred
from zaiti.studio.paths import ID, leaves, put, seeded
from zaiti.studio.shape import blank, shape_at

OF_THIS_YEAR = "本年度通知"  # where an empty template's parts will have come from
STEPS = {
    "call": "发布申报通知",
    "apply": "申报",
    "accept": "受理",
    "review": "评审",
    "publicity": "公示",
    "result": "结果发布",
}
# The system's own defaults [D]; each can be changed before the year is opened.
DEFAULTS: dict[str, Any] = {
    "publicity_days": 5,
    "acceptance_days": 5,
    "correction_days": 5,
    "returns_allowed": 1,
    "objection_days": 10,
    "rubric_adaptable": True,
    "tie_order": ["panel_vote", "award_fewer"],
    "closing": "特此通知。",
}
PARTS: dict[str, dict[str, Any]] = {
    "headings": {
        "types": "认定载体类型",
        "may_apply": "申报对象",
        "quotas": "认定名额",
        "steps": "认定流程",
        "work_requirements": "其他工作要求",
    },
    "scoring": {"rule": "trimmed", "trim_from": 5, "decimals": 2, "minimum_panel": 3},
    "material_rules": {
        "rules": [{"code": "format", "text": "电子扫描件（PDF格式）"}],
        "max_megabytes": 50,
        "max_pages": 500,
    },
    "paper": {"size": "A4", "copies": 2, "bound": True, "contents": True, "page_numbers": True},
    "followup": {
        "years_without_training": 3,
        "alert_months": [24, 30, 33],
        "check_month": 36,
        "rectification_days": 20,
        "defence_days": 5,
    },
}
DATED = ("day", "moment")
# What a notice has of its own: last year's can't be this year's.
OWN = ("notice.doc_number",)


def empty(city: Authority, year: int) -> dict[str, Any]:
    """An empty template with the city's own bureaus and the system's defaults."""
    facts = sourced(blank(Pack)) | {"year": year, "id": f"{city.code}-{year}", "level": "city"}
    facts["city"] |= {"code": city.code, "name": city.name, "doc_prefix": city.doc_prefix or city.name}
    facts["city"]["uscc"] = city.uscc or None
    facts["notice"]["authority"] = facts["contact"]["office"] = city.name
    facts["districts"] = [_district(place) for place in city.districts.order_by("pk")]
    facts["types"] = [_type(one.code, one.name) for one in usual().types]
    facts["steps"] = [{"code": code, "title": title, "text": ""} for code, title in STEPS.items()]
    _defaults(facts)
    with_all_places(facts)
    made: dict[str, Any] = seeded(facts)
    return made


def moved(facts: dict[str, Any], year: int) -> tuple[dict[str, Any], list[str]]:
    """Another year's facts for this year, and the paths of what an officer has yet to confirm."""
    by = year - facts["year"]
    old, ours = str(facts["year"]), deepcopy(referred(facts))
    ours |= {"year": year, "disclosure": None}
    ours["id"] = facts["id"].replace(old, str(year)) if old in facts["id"] else f"{facts['id']}-{year}"
    ours["districts"] = [_with_places(place) for place in ours["districts"]]
    with_all_places(ours)
    ours = seeded(ours)
    dated = [path for path, value in leaves(ours) if value and shape_at(path).kind in DATED]
    for path, value in [(path, value) for path, value in leaves(ours) if path in dated]:
        put(ours, path, _later(value, by))
    for path in OWN:
        put(ours, path, None)
    _window_words(ours)
    return ours, [*dated, *OWN]


def _later(value: str, years: int) -> str:
    """The same day so many years later, or the next working day where that is a rest day."""
    at = datetime.fromisoformat(value)
    day = _working(_same_day(at.date(), years))
    return f"{day}{value[10:]}"


def _same_day(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)


def _working(day: date) -> date:
    """Off a rest day; a year whose holidays are not known yet is not guessed, only its weekends are."""
    try:
        return clock.roll_on(day)
    except Refused:
        return (
            day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= clock.days.SATURDAY else day
        )


def _window_words(facts: dict[str, Any]) -> None:
    for window in facts["windows"]:
        opens, closes = (datetime.fromisoformat(window[name]) for name in ("opens_at", "closes_at"))
        window["text"] = f"{window_words(opens, closes)}。"
    for step in facts["steps"]:
        if step["code"] == "window" and len(facts["windows"]) == 1:
            step["text"] = facts["windows"][0]["text"]


def sourced(value: Any) -> Any:
    """Give every part that must say where it comes from this year's notice."""
    if isinstance(value, dict):
        given = {key: sourced(inner) for key, inner in value.items()}
        return given | ({"source": OF_THIS_YEAR} if "source" in given else {})
    return [sourced(item) for item in value] if isinstance(value, list) else value


def _district(place: Authority) -> dict[str, Any]:
    facts = {"code": place.code, "name": place.district, "authority": place.name, "uscc": place.uscc or None}
    facts |= {"doc_prefix": place.doc_prefix or place.name}
    return _with_places(sourced(blank(schema.District)) | facts)


def _with_places(place: dict[str, Any]) -> dict[str, Any]:
    """Every district has its row to fill in; last year's sample is no sample of this one."""
    none = blank(schema.Quotas) | {"source": OF_THIS_YEAR}
    return place | {"quotas": place["quotas"] or none, "sample_quotas": None}


def with_all_places(facts: dict[str, Any]) -> None:
    """Each district that has places has them under the code of each type, and of no other."""
    codes = [kind["code"] for kind in facts["types"] if kind.get("code")]
    for place in facts["districts"]:
        for row in filter(None, (place.get("quotas"), place.get("sample_quotas"))):
            gone = [key for key in places_in(row) if key not in codes and not row[key]]
            for key in gone:
                del row[key]
            row |= {code: 0 for code in codes if code not in row}


def places_in(row: dict[str, Any]) -> dict[str, Any]:
    """The places of a district, by a type's code."""
    known = {*schema.Quotas.model_fields, ID}
    return {key: value for key, value in row.items() if key not in known}


def _defaults(facts: dict[str, Any]) -> None:
    facts |= DEFAULTS | {"defaults": [name for name in DEFAULTS if name != "closing"]}
    for part, values in PARTS.items():
        facts[part] |= values | {"source": "D"}


def _type(code: str, name: str) -> dict[str, Any]:
    facts: dict[str, Any] = sourced(blank(schema.CarrierType))
    return facts | {"code": code, "name": name}
