"""Years in preparation."""

from typing import Any

from tests.makers.people import city, holder
from tests.makers.programmes import cycle as make_cycle
from tests.makers.programmes import pack
from zaiti.programmes.models import Cycle
from zaiti.studio.actions import begin_from_pack, prepare_abandonment, prepare_draft
from zaiti.studio.models import Abandonment, YearDraft


def year_draft(name: str = "shenzhen-2025", **fields: Any) -> YearDraft:
    """A year of the city in preparation, made from one of the real packs."""
    made = begin_from_pack(city(), by=holder("officer", city()), pack=pack(name), name=f"{name}.yaml")
    for field, value in fields.items():
        setattr(made, field, value)
    made.save()
    return made


def prepared_draft(name: str = "shenzhen-2025") -> YearDraft:
    """One that waits for the approver."""
    draft = year_draft(name)
    prepare_draft(draft, by=holder("officer", city()))
    return draft


def prepared_abandonment(cycle: Cycle | None = None) -> Abandonment:
    """A year under way that is to be abandoned, once the approver agrees."""
    year = cycle or make_cycle()
    return prepare_abandonment(year, by=holder("officer", year.city), reason="上级调整了本年度安排")
