"""The fourteen invented units, how well each does, and the small things the chapters share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from zaiti.core import Refused
from zaiti_replay.cast import Unit
from zaiti_replay.play import World

Row = tuple[str, ...]
HOME = "luohu"


def _unit(key: str, name: str, code: str, serial: int, kind: str = "enterprise") -> Unit:
    return Unit(key, f"示例{name}", code, serial, kind)


UNITS = [
    _unit("base1", "智造股份有限公司", "base", 1),
    _unit("base2", "机电职业培训学校", "base", 2, "training_institution"),
    _unit("base3", "酒店管理有限公司", "base", 3),
    _unit("base4", "养老服务集团有限公司", "base", 4),
    _unit("base5", "物流行业协会", "base", 5, "association"),
    _unit("base6", "科技贸易有限公司", "base", 6),
    _unit("base7", "汽车技师学院", "base", 7, "vocational_college"),
    _unit("studio1", "珠宝首饰有限公司", "studio", 11),
    _unit("studio2", "餐饮文化有限公司", "studio", 12),
    _unit("studio3", "钟表精密制造有限公司", "studio", 13),
    _unit("studio4", "园林古建有限公司", "studio", 14),
    _unit("station1", "家政服务有限公司", "station", 21),
    _unit("station2", "农业科技推广中心", "station", 22, "public_institution"),
    _unit("station3", "社区职业培训中心", "station", 23, "training_institution"),
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
PANELS = {"base": 5, "studio": 4, "station": 3}  # one of the studio panel steps back once


@dataclass(frozen=True)
class Step:
    """One step of the year: what it is called, what its table is headed by, and the doing."""

    title: str
    heads: Row
    do: Callable[[World], list[Row]]


def refusal(deed: Callable[[], object]) -> str:
    """Do what must be refused and give the sentence; nothing when it was let through."""
    try:
        deed()
    except Refused as no:
        return no.message
    return ""


def local(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"
