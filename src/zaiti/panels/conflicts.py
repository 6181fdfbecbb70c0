"""Whom an expert may not judge: the unit one belongs to, heads or works for, and oneself as its master."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from zaiti.accounts.models import Organisation
from zaiti.applications.models import Application
from zaiti.core.folding import fold

OWN_UNIT = "所在单位为申报单位"
PLACE = re.compile("^(中国)?(广东省?)?(深圳经济特区|深圳市|深圳)?")
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


def same_unit(one: str, other: str) -> bool:
    """Tell whether two names are one unit's, with or without the city and what stands in brackets."""
    return bool(one.strip()) and _bare(one) == _bare(other)


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
    return any(same_unit(expert.unit, name) for name in (unit.name, *former))


def _same_person(expert: Judge, name: str) -> bool:
    return bool(name.strip()) and fold(expert.user.name) == fold(name)


def _bare(name: str) -> str:
    folded = fold(name)
    bare = PLACE.sub("", ASIDE.sub("", folded))
    return bare if len(bare) >= SHORTEST else folded
