import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.accounts.models import Authority
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.programmes.actions import open_year
from zaiti.programmes.models import Cycle
from zaiti.programmes.packs import Pack
from zaiti.programmes.queries import policy, quota_table, rubric_for


def officer():
    return make.holder("officer", make.city())


def test_it_makes_all_that_the_pack_states():
    by = officer()
    cycle = open_year(make.pack("luohu-2024"), by=by)
    assert (cycle.state, cycle.year, cycle.cap, cycle.city) == (Cycle.State.OPEN, 2024, 6, make.city())
    assert [place.district for place in cycle.districts.all()] == ["罗湖区"]
    table = quota_table(cycle)
    assert [[cell.places for cell in row.cells] for row in table.rows] == [[3, 2, 1]]
    assert (table.sums, table.total, table.left) == ([3, 2, 1], 6, 0)
    base = cycle.types.get(code="base")
    assert base.materials.count() == 17
    assert base.materials.filter(required=False).get().code == "common-10"
    rubric = rubric_for(base, Authority.objects.get(code="luohu"))
    assert rubric.sample
    assert sum(line.points for line in rubric.criteria.all()) == 100


def test_it_is_written_in_the_ledger():
    by = officer()
    cycle = open_year(make.pack("luohu-2024"), by=by)
    entry = Entry.objects.get(verb="open")
    assert (entry.by, entry.thing_id, entry.facts["pack"]) == (by, cycle.pk, "luohu-2024")


def test_quotas_that_the_notice_leaves_open_start_at_none():
    table = quota_table(open_year(make.pack("shenzhen-2025"), by=officer()))
    assert (len(table.rows), table.total, table.cap) == (11, 0, 63)


def test_the_year_keeps_its_pack_whole():
    pack = make.pack("shenzhen-2025")
    cycle = open_year(pack, by=officer())
    assert policy(Cycle.objects.get(pk=cycle.pk)) == pack


def test_bureaus_that_are_there_are_used_again():
    luohu = make.district("luohu")
    open_year(make.pack("luohu-2024"), by=officer())
    cycle = open_year(make.pack("shenzhen-2025"), by=officer())
    assert luohu in cycle.districts.all()
    assert Authority.objects.filter(level="district").count() == 11


def test_a_mean_rule_never_drops_a_score():
    pack = make.pack("luohu-2024")
    mean = Pack.model_validate(
        pack.model_dump(mode="json") | {"scoring": pack.scoring.model_dump() | {"rule": "mean"}}
    )
    assert open_year(mean, by=officer()).trim_from > 1000


def test_opening_the_same_pack_twice_is_refused_and_makes_nothing():
    open_year(make.pack("luohu-2024"), by=officer())
    with pytest.raises(Refused) as no:
        open_year(make.pack("luohu-2024"), by=officer())
    assert "luohu-2024" in no.value.message
    assert Cycle.objects.count() == 1


@pytest.mark.parametrize("role", ["reviewer", "approver", "auditor"])
def test_other_posts_of_the_city_may_not(role):
    with pytest.raises(PermissionDenied):
        open_year(make.pack("luohu-2024"), by=make.holder(role, make.city()))


def test_a_district_may_not():
    with pytest.raises(PermissionDenied):
        open_year(make.pack("luohu-2024"), by=make.holder("officer"))
