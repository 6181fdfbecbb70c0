"""The order, the pass line and the quota's cut as plain figures."""

from decimal import Decimal

import pytest

from zaiti.ranking.order import Entrant, PassLine, cut, ranked

TIE_ORDER = ["甲类", "丙类", "乙类", "panel_vote", "award_fewer"]


def entrant(key: int, total: float, first: float = 0, second: float = 0, *, passes: bool = True) -> Entrant:
    figures = {"甲类": Decimal(str(first)), "乙类": Decimal(str(second))}
    return Entrant(key, f"N{key}", Decimal(str(total)), figures, passes)


def suggested(rows: list[Entrant], places: int) -> set[int]:
    return {key for key, line in cut(rows, places, TIE_ORDER).items() if line.suggested}


def test_the_higher_total_comes_first():
    assert [row.key for row in ranked([entrant(1, 70), entrant(2, 90), entrant(3, 80)], TIE_ORDER)] == [
        2,
        3,
        1,
    ]


def test_equal_totals_are_ordered_by_the_categories_in_the_published_order():
    rows = [entrant(1, 80, 40, 40), entrant(2, 80, 50, 30), entrant(3, 80, 40, 40)]
    assert [row.key for row in ranked(rows, TIE_ORDER)] == [2, 1, 3]


def test_a_category_that_the_type_does_not_have_is_passed_over():
    assert [row.key for row in ranked([entrant(1, 80, 40, 40), entrant(2, 80, 40, 41)], TIE_ORDER)] == [
        2,
        1,
    ]


def test_the_quota_takes_the_first_that_pass():
    rows = [entrant(1, 95, passes=False), entrant(2, 90), entrant(3, 85), entrant(4, 80)]
    assert suggested(rows, 2) == {2, 3}


def test_places_are_left_empty_rather_than_given_below_the_line():
    assert suggested([entrant(1, 90), entrant(2, 60, passes=False)], 2) == {1}


def test_no_places_suggest_nobody():
    assert suggested([entrant(1, 90), entrant(2, 90)], 0) == set()


def test_a_tie_at_the_line_that_a_category_breaks_says_which_one():
    lines = cut([entrant(1, 90), entrant(2, 80, 50, 30), entrant(3, 80, 40, 40)], 2, TIE_ORDER)
    assert [lines[key].suggested for key in (1, 2, 3)] == [True, True, False]
    assert [lines[key].tied for key in (1, 2, 3)] == [False, True, True]
    assert "“甲类”" in lines[2].note
    assert "“甲类”" in lines[3].note


def test_a_tie_that_nothing_breaks_suggests_nobody_of_it():
    lines = cut([entrant(1, 90), entrant(2, 80, 40, 40), entrant(3, 80, 40, 40)], 2, TIE_ORDER)
    assert [lines[key].suggested for key in (1, 2, 3)] == [True, False, False]
    assert "表决" in lines[2].note
    assert lines[2].tied


def test_a_tie_away_from_the_line_is_no_matter():
    lines = cut([entrant(1, 90, 50, 40), entrant(2, 90, 50, 40), entrant(3, 80)], 2, TIE_ORDER)
    assert not any(line.tied for line in lines.values())


def test_among_three_equal_totals_the_settled_one_stays_in_and_the_rest_are_undecided():
    rows = [entrant(1, 80, 50, 30), entrant(2, 80, 40, 40), entrant(3, 80, 40, 40)]
    lines = cut(rows, 2, TIE_ORDER)
    assert [lines[key].suggested for key in (1, 2, 3)] == [True, False, False]


LINE = PassLine(Decimal(70), Decimal("0.6"), {"甲类": Decimal(60), "乙类": Decimal(40)})


@pytest.mark.parametrize(
    ("total", "first", "second", "failures"),
    [(70, 36, 34, 0), ("69.99", 36, 33, 1), (75, "35.99", 39, 1), (60, 30, 20, 3), (76, 36, 40, 0)],
)
def test_the_pass_line_asks_for_the_total_and_for_each_category(total, first, second, failures):
    figures = {"甲类": Decimal(str(first)), "乙类": Decimal(str(second))}
    assert len(LINE.failures(Decimal(str(total)), figures)) == failures


def test_what_is_below_the_line_is_said_with_its_figures():
    said = LINE.failures(Decimal("65.50"), {"甲类": Decimal(30), "乙类": Decimal("35.5")})
    assert said == ["总分65.50分，低于合格线70分", "“甲类”30分，低于该类满分60分的60%"]
