"""A year as a pack again: what was opened, with what was changed in pages since."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from zaiti import clock
from zaiti.clock.models import HolidayYear
from zaiti.programmes.actions import change_cap, confirm_rubric, move_quota, open_year, set_quotas
from zaiti.programmes.exporting import pack_of
from zaiti.programmes.models import Cycle, Quota, Rubric
from zaiti.programmes.packs import read_pack, write_pack
from zaiti.programmes.queries import quota_table


def officer():
    return make.holder("officer", make.city())


def opened(name="shenzhen-2025"):
    return open_year(make.pack(name), by=officer())


def again(cycle: Cycle):
    """The file of a year, read as check-pack reads it."""
    return read_pack(write_pack(pack_of(cycle)).encode(), "x.yaml")


@pytest.mark.parametrize("name", ["luohu-2024", "shenzhen-2025"])
def test_a_year_just_opened_gives_its_pack_byte_for_byte(name):
    assert write_pack(pack_of(opened(name))) == write_pack(make.pack(name))


def test_places_set_and_moved_stand_in_it_and_the_cap():
    cycle, by = opened(), officer()
    luohu, futian = make.district("luohu"), make.district("futian")
    base = cycle.types.get(code="base")
    set_quotas(cycle, by=by, places={(luohu.pk, base.pk): 5, (futian.pk, base.pk): 1})
    source, target = (cycle.quotas.get(authority=place, carrier_type=base) for place in (luohu, futian))
    with clock.at(clock.now().replace(year=2025, month=6, day=3)):
        move_quota(source, target, by=by, places=2, reason="罗湖用不完")
    change_cap(cycle, by=by, cap=65)
    pack = again(cycle)
    assert pack.cap == 65
    assert [pack.district(code).quotas.base for code in ("luohu", "futian")] == [3, 3]
    assert pack.district("yantian").quotas is None


def test_a_rubric_confirmed_is_no_sample_in_it():
    cycle = opened()
    rubric = Rubric.objects.get(carrier_type__cycle=cycle, carrier_type__code="base")
    confirm_rubric(rubric, by=officer(), source="B2")
    shown = again(cycle).type("base").rubric
    assert (shown.sample, shown.source) == (False, "文件：B2")


def test_the_holiday_table_is_no_part_of_it():
    cycle = opened()
    before = write_pack(pack_of(cycle))
    HolidayYear.objects.all().delete()
    assert write_pack(pack_of(cycle)) == before


@given(st.lists(st.integers(0, 5), min_size=33, max_size=33), st.integers(0, 40))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_was_planned_it_makes_the_same_year_again(numbers, more):
    with transaction.atomic():
        makes_itself_again(numbers, more)
        transaction.set_rollback(True)


def makes_itself_again(numbers, more):
    cycle, by = opened(), officer()
    table = quota_table(cycle)
    cells = [(cell.authority_id, cell.carrier_type_id) for row in table.rows for cell in row.cells]
    change_cap(cycle, by=by, cap=max(1, sum(numbers) + more))
    set_quotas(cycle, by=by, places=dict(zip(cells, numbers, strict=True)))
    text = write_pack(pack_of(cycle))
    kept = places(cycle)
    Cycle.objects.filter(pk=cycle.pk).update(pack="moved-away")
    second = open_year(read_pack(text.encode(), "x.yaml"), by=by)
    assert places(second) == kept
    assert write_pack(pack_of(second)) == text


def places(cycle):
    rows = Quota.objects.filter(cycle=cycle)
    return sorted(rows.values_list("authority__code", "carrier_type__code", "places"))
