from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.programmes.actions import adapt_rubric
from zaiti.programmes.models import Cycle, Quota, Rubric
from zaiti.programmes.queries import rubric_difference, rubric_for

LINES = [
    {"category": "甲类", "name": "指标一", "points": Decimal(40), "note": ""},
    {"category": "甲类", "name": "指标二", "points": Decimal(30), "note": ""},
    {"category": "丙类", "name": "本区产业契合", "points": Decimal(30), "note": "看材料"},
]


@pytest.fixture(autouse=True)
def _adaptable():
    make.restate(make.cycle(), rubric_adaptable=True)


def adapt(rubric=None, by=None, **changes):
    return adapt_rubric(
        rubric or rubric_for(make.carrier_type(), make.district()),
        by=by or make.holder("officer"),
        **{
            "authority": make.district(),
            "lines": LINES,
            "pass_line": Decimal(75),
            "category_min_ratio": Decimal("0.5"),
        }
        | changes,
    )


def test_the_district_gets_its_own_version_and_the_citys_stays():
    city = rubric_for(make.carrier_type(), make.district())
    own = adapt()
    assert (own.version, own.parent, own.pass_line, own.sample) == (1, city, 75, True)
    assert rubric_for(make.carrier_type(), make.district()) == own
    assert rubric_for(make.carrier_type(), make.district("yantian")) == city
    assert Entry.objects.get(verb="adapt_rubric").thing_id == own.pk


def test_a_second_adaptation_is_a_second_version():
    first = adapt()
    second = adapt(first)
    assert (second.version, second.parent) == (2, first)


def test_the_difference_to_the_citys_is_told_line_by_line():
    own = adapt()
    told = [(d.kind, d.old and d.old.points, d.new and d.new.name) for d in rubric_difference(own)]
    assert told == [
        ("changed", 30, "指标一"),
        ("same", 30, "指标二"),
        ("added", None, "本区产业契合"),
        ("removed", 40, None),
    ]


def test_a_later_version_is_still_compared_with_the_citys():
    second = adapt(adapt())
    assert [d.kind for d in rubric_difference(second)][:1] == ["changed"]
    assert {d.kind for d in rubric_difference(second, against=second.parent)} == {"same"}


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": LINES[:2]},
        {"lines": [*LINES[:2], LINES[2] | {"name": " "}]},
        {"lines": [*LINES, LINES[2] | {"name": "零分", "points": Decimal(0)}]},
        {"lines": [LINES[0] | {"points": Decimal(35)}, LINES[0] | {"points": Decimal(35)}, LINES[2]]},
        {"pass_line": Decimal(101)},
        {"category_min_ratio": Decimal("1.1")},
    ],
    ids=["sum", "name", "points", "twice", "pass line", "ratio"],
)
def test_a_rubric_that_does_not_hold_together_is_refused(changes):
    with pytest.raises(Refused):
        adapt(**changes)
    assert not Rubric.objects.filter(authority=make.district()).exists()


def test_once_the_published_call_froze_the_districts_version_it_is_refused():
    own = adapt()
    Rubric.objects.filter(pk=own.pk).update(frozen_at=clock.now())
    with pytest.raises(Refused):
        adapt(own)


def test_once_the_districts_call_is_published_on_the_citys_rubric_it_is_refused():
    quota = make.quota(1)
    Quota.objects.filter(pk=quota.pk).update(frozen_at=clock.now())
    with pytest.raises(Refused):
        adapt()


def test_another_districts_call_does_not_hinder():
    city = rubric_for(make.carrier_type(), make.district())
    Rubric.objects.filter(pk=city.pk).update(frozen_at=clock.now())
    assert adapt(city).pk


def test_where_the_notice_does_not_let_districts_adapt_it_is_refused():
    make.restate(Cycle.objects.get(), rubric_adaptable=False)
    with pytest.raises(Refused):
        adapt()


def test_the_database_keeps_a_frozen_rubrics_lines():
    rubric = rubric_for(make.carrier_type(), make.district())
    Rubric.objects.filter(pk=rubric.pk).update(frozen_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        rubric.criteria.update(points=1)


@pytest.mark.parametrize("role", ["reviewer", "approver"])
def test_only_the_districts_officers_may(role):
    with pytest.raises(PermissionDenied):
        adapt(by=make.holder(role))


def test_another_district_may_not():
    with pytest.raises(PermissionDenied):
        adapt(by=make.holder("officer", make.district("yantian")))
