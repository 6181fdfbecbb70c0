"""How a year in preparation differs from the year before, as people read both."""

from typing import Any

from zaiti.programmes.models import Cycle
from zaiti.programmes.packs.references import filled
from zaiti.studio.correcting import standing
from zaiti.studio.models import YearDraft
from zaiti.studio.paths import ID, seeded
from zaiti.studio.steps import Step, between

NAMES = ("code", "name", "title", "text", "number")  # by which a line of last year is this year's


def last_year(draft: YearDraft) -> Cycle | None:
    """The city's year before, if it had one here; of a correction, the year itself."""
    if draft.corrects:
        return draft.corrects
    before = Cycle.objects.filter(city=draft.city, year__lt=draft.facts["year"] or draft.year)
    return before.exclude(state=Cycle.State.ABANDONED).order_by("-year", "-pk").first()


def against(draft: YearDraft, cycle: Cycle) -> list[Step]:
    """Every field that says something else than it did that year."""
    then = aligned(filled(standing(cycle)), filled(draft.facts))
    return list(between(seeded(then), filled(draft.facts)))


def aligned(then: Any, now: Any) -> Any:
    """The older facts, whose lines bear the names that the same lines bear now."""
    if isinstance(then, dict):
        inner = now if isinstance(now, dict) else {}
        return {key: aligned(value, inner.get(key)) for key, value in then.items()}
    if not isinstance(then, list):
        return then
    left = [line for line in now or () if isinstance(line, dict)] if isinstance(now, list) else []
    return [_aligned(line, left) for line in then]


def _aligned(line: Any, left: list[dict[str, Any]]) -> Any:
    """A line with the name of its like, which no other line takes then."""
    if not isinstance(line, dict):
        return line
    name = next((key for key in NAMES if line.get(key)), None)
    like = next((one for one in left if name and one.get(name) == line[name]), None)
    if like is None:
        return line
    left.remove(like)
    return {ID: like[ID]} | aligned(line, like)
