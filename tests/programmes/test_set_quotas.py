import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.programmes.actions import change_cap, open_year, set_quotas
from zaiti.programmes.models import Cycle, Quota
from zaiti.programmes.queries import is_sample, quota_table, sample_places


def plan(**cells):
    """A year with a cap of 20 and, by type's code, the cells of the default district."""
    cycle = make.cycle()
    places = {(make.district().pk, make.carrier_type(code).pk): n for code, n in cells.items()}
    return cycle, make.holder("officer", make.city()), places


def test_it_sets_every_cell_and_writes_what_changed():
    cycle, by, places = plan(base=3, studio=2)
    set_quotas(cycle, by=by, places=places)
    assert {q.carrier_type.code: q.places for q in cycle.quotas.all()} == {"base": 3, "studio": 2}
    assert list(Entry.objects.get(verb="set_quotas").facts["places"].values()) == [3, 2]


def test_the_cap_itself_may_be_reached():
    cycle, by, places = plan(base=15, studio=5)
    set_quotas(cycle, by=by, places=places)
    assert quota_table(cycle).left == 0


def test_lowering_one_and_raising_another_at_the_cap_works_in_any_order():
    cycle, by, places = plan(base=15, studio=5)
    set_quotas(cycle, by=by, places=places)
    base, studio = places
    set_quotas(cycle, by=by, places={base: 5, studio: 15})
    assert quota_table(cycle).sums == [5, 15, 0]


def test_going_above_the_cap_is_refused_with_the_sums_and_saves_nothing():
    cycle, by, places = plan(base=15, studio=6)
    with pytest.raises(Refused) as no:
        set_quotas(cycle, by=by, places=places)
    assert "21" in no.value.message
    assert "20" in no.value.message
    assert not cycle.quotas.exists()


def test_cells_not_named_stay_and_count():
    cycle, by, places = plan(base=15)
    set_quotas(cycle, by=by, places=places)
    with pytest.raises(Refused):
        set_quotas(cycle, by=by, places={(make.district().pk, make.carrier_type("studio").pk): 6})


def test_a_district_outside_the_year_is_refused():
    cycle, by, _places = plan()
    stranger = make.district("elsewhere")
    with pytest.raises(Refused):
        set_quotas(cycle, by=by, places={(stranger.pk, make.carrier_type().pk): 1})


def test_a_quota_below_nothing_is_refused():
    cycle, by, places = plan(base=-1)
    with pytest.raises(Refused):
        set_quotas(cycle, by=by, places=places)


def test_places_that_a_published_call_states_only_move_with_a_reason():
    cycle, by, places = plan(base=4)
    set_quotas(cycle, by=by, places=places)
    cycle.quotas.update(frozen_at=clock.now())
    with pytest.raises(Refused):
        set_quotas(cycle, by=by, places={next(iter(places)): 5})
    set_quotas(cycle, by=by, places=places)


def test_a_closed_year_is_refused():
    cycle, by, places = plan(base=1)
    Cycle.objects.filter(pk=cycle.pk).update(state=Cycle.State.CLOSED)
    with pytest.raises(Refused):
        set_quotas(cycle, by=by, places=places)


@pytest.mark.parametrize("role", ["reviewer", "approver", "auditor"])
def test_only_the_citys_officers_may(role):
    cycle, _by, places = plan(base=1)
    with pytest.raises(PermissionDenied):
        set_quotas(cycle, by=make.holder(role, make.city()), places=places)


def test_the_sample_plan_fills_the_2025_table_and_says_it_is_one():
    by = make.holder("officer", make.city())
    cycle = open_year(make.pack("shenzhen-2025"), by=by)
    sample = sample_places(cycle)
    assert not is_sample(quota_table(cycle), sample)
    set_quotas(cycle, by=by, places=sample)
    table = quota_table(cycle)
    assert table.total == 60
    assert is_sample(table, sample)
    cycle.quotas.filter(places=3).first().delete()
    assert is_sample(quota_table(cycle), sample)
    cycle.quotas.update(places=1)
    assert not is_sample(quota_table(cycle), sample)


def test_the_quota_table_costs_three_queries(django_assert_num_queries):
    cycle, by, places = plan(base=1)
    set_quotas(cycle, by=by, places=places)
    with django_assert_num_queries(3):
        assert quota_table(cycle).total == 1


def test_the_cap_may_change_but_not_below_what_is_given_out():
    cycle, by, places = plan(base=5)
    set_quotas(cycle, by=by, places=places)
    change_cap(cycle, by=by, cap=5)
    assert Entry.objects.get(verb="change_cap").facts == {"old": 20, "new": 5}
    with pytest.raises(Refused):
        change_cap(cycle, by=by, cap=4)
    assert Cycle.objects.get(pk=cycle.pk).cap == 5


def test_a_district_may_not_change_the_cap():
    with pytest.raises(PermissionDenied):
        change_cap(make.cycle(), by=make.holder("officer"), cap=30)


def test_rows_of_the_table_follow_the_types_order():
    make.quota(2, code="station")
    make.quota(1, code="base")
    assert [cell.places for cell in quota_table(make.cycle()).rows[0].cells] == [1, 0, 2]
    assert Quota.objects.count() == 2
