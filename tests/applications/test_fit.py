"""An answer is carried from an entry to the corrected one, or kept aside whole; none is lost or twisted."""

import pytest

from zaiti.applications.rebasing import Fitted, fit
from zaiti.programmes.packs.form import Entry

TABLE = [{"code": "name", "name": "设备"}, {"code": "n", "name": "数量", "kind": "whole"}]
ROWS = [{"name": "焊机", "n": 3}, {"name": "车床", "n": 1}]


def entry(**facts):
    return Entry.model_validate({"code": "one", "name": "一项"} | facts)


@pytest.mark.parametrize(
    ("old", "new", "value", "fitted"),
    [
        ({}, {"name": "另一名称"}, "示例", ("示例", True)),
        ({}, {"kind": "lines"}, "示例", ("示例", True)),
        ({"kind": "whole"}, {"kind": "number"}, 5, ("5", True)),
        ({}, {"kind": "whole"}, "12", (12, True)),
        ({}, {"kind": "whole"}, "约十二", (None, False)),
        ({}, {"kind": "sum"}, "示例", (None, False)),
        ({}, {"kind": "agreed"}, "示例", (None, False)),
        ({}, {"kind": "rows", "columns": TABLE}, "焊机", (None, False)),
        ({"kind": "rows", "columns": TABLE}, {"kind": "lines"}, ROWS, (None, False)),
        ({"kind": "whole", "unit": "万元"}, {"kind": "whole", "unit": "元"}, 5, (None, False)),
        ({"most_letters": 9}, {"most_letters": 2}, "示例内容", ("示例内容", True)),
        ({"kind": "whole"}, {"kind": "whole", "most": 3}, 5, (5, True)),
        (
            {"kind": "choice", "options": ["甲", "乙"]},
            {"kind": "choice", "options": ["乙"]},
            "乙",
            ("乙", True),
        ),
        (
            {"kind": "choice", "options": ["甲", "乙"]},
            {"kind": "choice", "options": ["乙"]},
            "甲",
            (None, False),
        ),
        (
            {"kind": "choice", "options": ["甲组", "乙组"]},
            {"kind": "choices", "options": ["甲组", "丙组"]},
            "甲组",
            (["甲组"], True),
        ),
        (
            {"kind": "choices", "options": ["甲", "乙"]},
            {"kind": "choices", "options": ["乙"]},
            ["甲", "乙"],
            (None, False),
        ),
        ({"kind": "agreed"}, {"kind": "agreed", "required": False}, True, (True, True)),
        ({"kind": "agreed"}, {"kind": "agreed", "name": "承诺更多"}, True, (None, False)),
    ],
)
def test_only_what_means_the_same_is_carried(old, new, value, fitted):
    assert fit(entry(**old), entry(**new), value) == Fitted(*fitted)


def test_a_dropped_entry_has_room_for_nothing():
    assert fit(entry(), None, "示例") == Fitted(None, False)


def test_a_table_keeps_its_lines_when_a_column_is_added():
    more = [*TABLE, {"code": "year", "name": "购置年份", "kind": "whole"}]
    fitted = fit(entry(kind="rows", columns=TABLE), entry(kind="rows", columns=more), ROWS)
    assert fitted == Fitted([row | {"year": None} for row in ROWS], True)


@pytest.mark.parametrize("left", [TABLE[:1], [TABLE[0], TABLE[1] | {"unit": "台"}]])
def test_a_table_that_loses_cells_says_that_it_is_not_whole(left):
    fitted = fit(entry(kind="rows", columns=TABLE), entry(kind="rows", columns=left), ROWS)
    assert [row["name"] for row in fitted.value] == ["焊机", "车床"]
    assert not fitted.whole
