"""What is still wrong with a year in preparation, each at its field."""

from typing import NamedTuple

from zaiti.programmes.models import Cycle
from zaiti.programmes.packs import Pack
from zaiti.programmes.packs.differing import differences
from zaiti.programmes.packs.loading import validated
from zaiti.studio.correcting import of_a_form, relied_upon
from zaiti.studio.models import YearDraft
from zaiti.studio.paths import bare, path_of


class Problem(NamedTuple):
    """One thing to put right or to look at."""

    path: str
    message: str
    field: str = ""  # another one, which the text at the path may have been meant to say


def checked(draft: YearDraft) -> tuple[Pack | None, list[Problem]]:
    """The pack it makes, if it makes one, and everything that keeps it from being opened."""
    pack, found = validated(bare(draft.facts))
    if draft.corrects:
        found += relied_upon(pack, draft.corrects) if pack else []
        return pack, [Problem(path_of(draft.facts, place), message) for place, message in found]
    problems = [Problem(path_of(draft.facts, place), message) for place, message in found]
    if pack and Cycle.objects.filter(city=draft.city, year=pack.year, pack=pack.id).exists():
        problems.append(Problem("id", f"代码为“{pack.id}”的{pack.year}年度已经开启，请换一个代码。"))
    if pack and pack.city.code != draft.city.code:
        problems.append(
            Problem("city.code", f"这份年度由{draft.city.name}编制，市局代码应为“{draft.city.code}”。")
        )
    return pack, problems


def to_look_at(draft: YearDraft) -> list[Problem]:
    """What the texts write out and no field says."""
    facts = bare(draft.facts)
    found = [
        Problem(path_of(draft.facts, one.at), one.message, path_of(draft.facts, one.field))
        for one in differences(facts)
    ]
    return [one for one in found if of_a_form(one.path)] if draft.corrects_id else found
