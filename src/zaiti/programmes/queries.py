"""Reads of the plan that pages share."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import F, Q, QuerySet

from zaiti.accounts.models import Authority, Organisation, Post, User
from zaiti.programmes.models import CarrierType, Criterion, Cycle, Policy, Quota, Rubric
from zaiti.programmes.packs import Pack
from zaiti.programmes.packs.programme import usual


@dataclass(frozen=True)
class QuotaRow:
    """One district's places by type, in the types' order."""

    authority: Authority
    cells: list[Quota]

    @property
    def total(self) -> int:
        """The district's places together."""
        return sum(cell.places for cell in self.cells)


@dataclass(frozen=True)
class QuotaTable:
    """The year's plan: district × type."""

    types: list[CarrierType]
    rows: list[QuotaRow]
    cap: int

    @property
    def sums(self) -> list[int]:
        """The places of each type over all districts."""
        return [sum(row.cells[n].places for row in self.rows) for n in range(len(self.types))]

    @property
    def total(self) -> int:
        """All places given out."""
        return sum(row.total for row in self.rows)

    @property
    def left(self) -> int:
        """How many places the cap still allows."""
        return self.cap - self.total


@dataclass(frozen=True)
class Difference:
    """What became of one line of a rubric."""

    kind: Literal["added", "removed", "changed", "same"]
    old: Criterion | None
    new: Criterion | None

    @property
    def shown(self) -> Criterion | None:
        """The line as it stands, or as it stood before it was removed."""
        return self.new or self.old


def type_choices(cycles: QuerySet[Cycle]) -> list[tuple[str, str]]:
    """The types of these years, each code once, named as the latest year names it."""
    rows = CarrierType.objects.filter(cycle__in=cycles).order_by("cycle__year", "order")
    named = dict(rows.values_list("code", "name"))
    return list(named.items())


def kinds_of(city: int | None) -> list[tuple[str, str]]:
    """The kinds of unit that may apply in a city: those of its years, the latest year's words first."""
    rows = Policy.objects.filter(cycle__city=city).order_by("-cycle__year", "-cycle_id")
    named: dict[str, str] = {}
    for kinds in rows.values_list("facts__may_apply__kinds", flat=True):
        for kind in kinds or ():
            named.setdefault(kind["code"], kind["name"])
    return list(named.items()) or [(kind.code, kind.name) for kind in usual().kinds]


def policy(cycle: Cycle) -> Pack:
    """The policy pack a year was opened from."""
    return Pack.model_validate(cycle.policy)


def quota_table(cycle: Cycle) -> QuotaTable:
    """The plan as it stands; a quota never set counts as none. Three queries."""
    types = list(cycle.types.all())
    kept = {(quota.authority_id, quota.carrier_type_id): quota for quota in cycle.quotas.all()}
    rows = [
        QuotaRow(place, [_cell(kept, cycle, place, kind) for kind in types])
        for place in cycle.districts.all()
    ]
    return QuotaTable(types, rows, cycle.cap)


def _cell(kept: dict[tuple[int, int], Quota], cycle: Cycle, place: Authority, kind: CarrierType) -> Quota:
    found = kept.get((place.pk, kind.pk)) or Quota(cycle=cycle, places=0)
    found.authority, found.carrier_type = place, kind
    return found


def sample_places(cycle: Cycle, table: QuotaTable | None = None) -> dict[tuple[int, int], int]:
    """The pack's sample quotas (样例), as `set_quotas` takes them; empty when the pack has none."""
    known = table or quota_table(cycle)
    districts = {row.authority.code: row.authority.pk for row in known.rows}
    types = {kind.code: kind.pk for kind in known.types}
    return {
        (districts[place.code], types[code]): number
        for place in policy(cycle).districts
        if place.sample_quotas
        for code, number in place.sample_quotas.by_type.items()
        if code in types
    }


def is_sample(table: QuotaTable, sample: dict[tuple[int, int], int]) -> bool:
    """Tell whether most districts' places stand as the pack's sample has them."""
    same = [_as_in(sample, row) for row in table.rows]
    return bool(sample) and 2 * sum(same) > len(same)


def _as_in(sample: dict[tuple[int, int], int], row: QuotaRow) -> bool:
    return all(sample.get((row.authority.pk, cell.carrier_type_id)) == cell.places for cell in row.cells)


def rubric_for(carrier_type: CarrierType, authority: Authority) -> Rubric:
    """The rubric a district judges this type by: its own latest version, else the city's."""
    own = carrier_type.rubrics.filter(authority=authority).order_by("-version").first()
    return own or carrier_type.rubrics.filter(authority=None).latest("version")


def rubrics_for(types: Iterable[CarrierType], authority: Authority) -> list[Rubric]:
    """The same for several types, in their order, in one query."""
    kinds = list(types)
    either = Q(authority=authority) | Q(authority=None)
    rows = Rubric.objects.filter(either, carrier_type__in=kinds)
    ordered = rows.order_by(F("authority").asc(nulls_first=True), "version")
    latest = {rubric.carrier_type_id: rubric for rubric in ordered}
    return [latest[kind.pk] for kind in kinds]


def city_rubric(rubric: Rubric) -> Rubric:
    """The city's rubric that a version goes back to."""
    return (
        rubric
        if rubric.authority_id is None
        else rubric.carrier_type.rubrics.filter(authority=None).latest("version")
    )


def rubric_difference(rubric: Rubric, against: Rubric | None = None) -> list[Difference]:
    """Line by line, what differs from the city's rubric (or from the one given); removed lines come last."""
    base = against or city_rubric(rubric)
    old = {(line.category, line.name): line for line in base.criteria.all()}
    new = {(line.category, line.name): line for line in rubric.criteria.all()}
    lines = [Difference(_kind(old.get(key), line), old.get(key), line) for key, line in new.items()]
    return lines + [Difference("removed", line, None) for key, line in old.items() if key not in new]


def _kind(old: Criterion | None, new: Criterion) -> Literal["added", "changed", "same"]:
    if old is None:
        return "added"
    return "same" if (old.points, old.note) == (new.points, new.note) else "changed"


def officials(authority: Authority, *roles: str) -> list[User]:
    """The people who hold such posts at a bureau today; any bureau post when none is named."""
    held = Post.objects.filter(authority=authority, role__in=roles or Post.BUREAU, ended_at=None)
    return list(User.objects.filter(is_active=True, posts__in=held).distinct())


def kind_words(unit: Organisation) -> str:
    """A unit's kind in words; a code that no year names stands for itself."""
    city = unit.district.root_id if unit.district else None
    return dict(kinds_of(city)).get(unit.kind, unit.kind)
