"""How experts' scores become one, by the rule published with the rubric."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

CENT = Decimal("0.01")


def total(totals: Sequence[Decimal], *, trim_from: int) -> Decimal:
    """Take the mean; from `trim_from` experts on, without the highest and the lowest; to 0.01, half up."""
    if not totals:
        raise ValueError("no totals")
    kept = sorted(totals)
    if len(kept) >= trim_from:
        kept = kept[1:-1]
    return to_cent(sum(kept, Decimal()) / len(kept))


def to_cent(value: Decimal) -> Decimal:
    """Round to 0.01, half up."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def outliers(totals: Sequence[Decimal], *, gap: Decimal) -> list[bool]:
    """Tell which totals lie at least `gap` points off the median of all."""
    middle = median(totals) if totals else Decimal()
    return [abs(one - middle) >= gap for one in totals]


def category_totals(sheets: Sequence[Mapping[str, Decimal]], *, trim_from: int) -> dict[str, str]:
    """Total each category by the same rule, over every sheet's points in it."""
    names = list(dict.fromkeys(name for sheet in sheets for name in sheet))
    return {
        name: str(total([sheet.get(name, Decimal()) for sheet in sheets], trim_from=trim_from))
        for name in names
    }
