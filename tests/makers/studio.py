"""Years in preparation."""

from typing import Any

from tests.makers.people import city, holder
from tests.makers.programmes import cycle as make_cycle
from tests.makers.programmes import pack
from zaiti.programmes.models import Cycle, FormVersion
from zaiti.studio.actions import (
    arrange,
    begin_correction,
    begin_from_pack,
    correct_forms,
    prepare_abandonment,
    prepare_draft,
    write_fields,
)
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


def form_correction(**changed: dict[str, Any] | None) -> YearDraft:
    """A correction in preparation: what the type “base” is asked otherwise, by code; None drops an entry."""
    person = holder("officer", city())
    draft = begin_correction(make_cycle(), by=person, reason="上级要求补充栏目")
    for code, facts in changed.items():
        at = _entry(draft, code)
        if facts is None:
            arrange(draft, by=person, path=at, how="remove")
        else:
            write_fields(draft, by=person, values={f"{at}.{name}": said for name, said in facts.items()})
    return draft


def in_force(draft: YearDraft) -> list[FormVersion]:
    """The corrected forms, put in force by another person."""
    prepare_draft(draft, by=holder("officer", city()))
    return correct_forms(draft, by=holder("approver", city()))


def _entry(draft: YearDraft, code: str) -> str:
    kind = next(kind for kind in draft.facts["types"] if kind["code"] == "base")
    return next(
        f"types.{kind['_id']}.form.sections.{section['_id']}.entries.{entry['_id']}"
        for section in kind["form"]["sections"]
        for entry in section["entries"]
        if entry["code"] == code
    )
