from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaiti.panels.scoring import category_totals, outliers, total


def figures(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


def test_fewer_than_five_experts_give_the_mean():
    assert total(figures("60", "80", "85", "90"), trim_from=5) == Decimal("78.75")


def test_five_experts_drop_the_highest_and_the_lowest():
    assert total(figures("10", "80", "85", "90", "100"), trim_from=5) == Decimal("85.00")


def test_only_one_of_several_equal_extremes_is_dropped():
    assert total(figures("70", "70", "80", "90", "90"), trim_from=5) == Decimal("80.00")


def test_half_a_cent_goes_up():
    assert total(figures("80.00", "80.01"), trim_from=5) == Decimal("80.01")
    assert total(figures("80.01", "80.02"), trim_from=5) == Decimal("80.02")


def test_nothing_cannot_be_totalled():
    with pytest.raises(ValueError):
        total([], trim_from=5)


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=12))
def test_the_total_lies_between_the_extremes(values):
    assert min(values) <= total(values, trim_from=5) <= max(values)


def test_each_category_is_totalled_by_the_same_rule():
    sheets = [{"甲": Decimal(n), "乙": Decimal(10)} for n in (1, 20, 21, 22, 60)]
    assert category_totals(sheets, trim_from=5) == {"甲": "21.00", "乙": "10.00"}


def test_outliers_lie_far_from_the_median():
    assert outliers(figures("60", "80", "82"), gap=Decimal(15)) == [True, False, False]
    assert outliers([], gap=Decimal(15)) == []
