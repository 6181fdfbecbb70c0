"""The order of a ranking, its pass line and the quota's cut; plain figures in, plain figures out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zaiti.programmes.models import Rubric

# Words that the list of record keeps; they go into papers, which are Chinese.
BROKEN = "总分相同，依次比较类别得分，按“{category}”得分排序"
UNBROKEN = "总分及依次比较的类别得分均相同，由评审会议表决；表决不能决定的，少认定"
BELOW_TOTAL = "总分{total}分，低于合格线{line}分"
BELOW_CATEGORY = "“{category}”{points}分，低于该类满分{full}分的{share}"


@dataclass(frozen=True)
class Entrant:
    """One application as it enters the ranking."""

    key: int
    number: str
    total: Decimal
    categories: Mapping[str, Decimal]
    passes: bool = True


@dataclass(frozen=True)
class Cut:
    """Where the quota's line leaves one application."""

    suggested: bool
    tied: bool = False
    note: str = ""


@dataclass(frozen=True)
class PassLine:
    """The least total, and the least share of each category's points."""

    total: Decimal
    share: Decimal
    full: Mapping[str, Decimal]

    def failures(self, total: Decimal, categories: Mapping[str, Decimal]) -> list[str]:
        """Say what is below the line; nothing when it passes."""
        found = [BELOW_TOTAL.format(total=total, line=_short(self.total))] if total < self.total else []
        return found + [
            BELOW_CATEGORY.format(
                category=name,
                points=_short(categories.get(name, Decimal())),
                full=_short(full),
                share=f"{self.share:.0%}",
            )
            for name, full in self.full.items()
            if categories.get(name, Decimal()) < full * self.share
        ]


def pass_line(rubric: Rubric) -> PassLine:
    """Read the pass line of a rubric: both figures are the published rubric's."""
    full: dict[str, Decimal] = {}
    for category, points in rubric.criteria.values_list("category", "points"):
        full[category] = full.get(category, Decimal()) + points
    return PassLine(rubric.pass_line, rubric.category_min_ratio, full)


def ranked(rows: Sequence[Entrant], tie_order: Sequence[str]) -> list[Entrant]:
    """Order by total, then by the categories of the published tie order, then by number."""
    return sorted(rows, key=lambda row: (*(-points for points in merit(row, tie_order)), row.number))


def cut(rows: Sequence[Entrant], places: int, tie_order: Sequence[str]) -> dict[int, Cut]:
    """Draw the quota's line through a ranking: who is within, and who is tied at the line and how."""
    passing = [row for row in ranked(rows, tie_order) if row.passes]
    found = {row.key: Cut(suggested=False) for row in rows}
    found |= {row.key: Cut(suggested=True) for row in passing[:places]}
    if not 0 < places < len(passing) or passing[places - 1].total != passing[places].total:
        return found
    return found | _at_the_line(passing, places, tie_order)


def merit(row: Entrant, tie_order: Sequence[str]) -> tuple[Decimal, ...]:
    """The figures compared, in their order; steps that are no category of this type are passed over."""
    return (row.total, *(row.categories[name] for name in tie_order if name in row.categories))


def _at_the_line(passing: Sequence[Entrant], places: int, tie_order: Sequence[str]) -> dict[int, Cut]:
    inside, outside = passing[places - 1], passing[places]
    line, within = merit(inside, tie_order), {row.key for row in passing[:places]}
    unbroken = line == merit(outside, tie_order)
    found = {}
    for row in passing:
        if unbroken and merit(row, tie_order) == line:
            found[row.key] = Cut(suggested=False, tied=True, note=UNBROKEN)
        elif row.total == inside.total:
            other = inside if row.key not in within else outside
            found[row.key] = Cut(row.key in within, True, _broken_by(row, other, tie_order))
    return found


def _broken_by(row: Entrant, other: Entrant, tie_order: Sequence[str]) -> str:
    names = [name for name in tie_order if name in row.categories]
    differing = (name for name in names if row.categories[name] != other.categories.get(name))
    return BROKEN.format(category=next(differing, ""))


def _short(points: Decimal) -> str:
    return f"{points.normalize():f}"
