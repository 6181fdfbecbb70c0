"""Whom an expert may not judge: the unit one belongs to, heads or works for, and oneself as its master."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from zaiti.accounts.models import Organisation
from zaiti.applications.models import Application
from zaiti.core.folding import fold

OWN_UNIT = "所在单位为申报单位"
PROVINCE = "^(?:中国)?(?:[一-鿿]{2,3}省)?"
MARKED = re.compile(rf"{PROVINCE}([一-鿿]{{2,4}}?)(?:经济特区|市)")
ASIDE = re.compile(r"[(\[{【〔〈《][^)\]}】〕〉》]*[)\]}】〕〉》]")
SHORTEST = 2  # characters that still tell one unit from another


class Judge(Protocol):
    """What is asked of an expert: the account, and the unit with its code."""

    user: Any
    user_id: Any
    unit: Any
    unit_uscc: Any


def conflict(expert: Judge, application: Application, former: Sequence[str] = ()) -> str:
    """Say why the expert must step back from an application, or nothing; its unit bore `former` names."""
    return next(_conflicts(expert, application, former), "")


def same_unit(one: str, other: str, place: str = "") -> bool:
    """Tell whether two names are one unit's, with or without the city and what stands in brackets."""
    places = {place.removesuffix("市"), *_places(one), *_places(other)} - {""}
    return bool(one.strip()) and _bare(one, places) == _bare(other, places)


def _conflicts(expert: Judge, application: Application, former: Sequence[str]) -> Iterator[str]:
    unit = application.organisation
    if expert.user.organisation_id == unit.pk or expert.user_id == application.contact_id:
        yield "为申报单位的申报人员"
    if _works_for(expert, unit, former):
        yield OWN_UNIT
    if _same_person(expert, unit.legal_person):
        yield "与申报单位法定代表人同名"
    for asked, name in application.named.items():
        if _same_person(expert, name):
            yield f"与申报表“{asked}”一栏同名"


def _works_for(expert: Judge, unit: Organisation, former: Sequence[str]) -> bool:
    if expert.unit_uscc and fold(expert.unit_uscc) == fold(unit.uscc):
        return True
    city = unit.district.city if unit.district else None
    place = city.place if city else ""
    return any(same_unit(expert.unit, name, place) for name in (unit.name, *former))


def _same_person(expert: Judge, name: str) -> bool:
    return bool(name.strip()) and fold(expert.user.name) == fold(name)


def _places(name: str) -> list[str]:
    """What a name gives as its place: before 市, or in brackets."""
    folded = fold(name)
    found = MARKED.match(folded)
    return [part[1:-1] for part in ASIDE.findall(folded)] + ([found[1]] if found else [])


def _bare(name: str, places: set[str]) -> str:
    folded = fold(name)
    named = "|".join(map(re.escape, places)) or "(?!)"
    bare = re.sub(rf"{PROVINCE}(?:(?:{named})(?:经济特区|市)?)?", "", ASIDE.sub("", folded))
    return bare if len(bare) >= SHORTEST else folded
