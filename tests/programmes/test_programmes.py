"""A programme stands above its years: a pack names its own, an older one is given the usual one."""

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from tests.makers.programmes import POLICIES
from zaiti.accounts.models import Authority
from zaiti.programmes.actions import open_year
from zaiti.programmes.models import Programme
from zaiti.programmes.packs import load_pack
from zaiti.programmes.packs.programme import letters_of, place_of, programme_of, recognised


def sample(name: str):
    return load_pack(POLICIES / "samples" / f"{name}.yaml")


def open_sample(name: str):
    pack = sample(name)
    city = Authority.objects.get_or_create(
        code=pack.city.code, city=None, defaults={"level": "city", "name": pack.city.name}
    )[0]
    return open_year(pack, by=make.holder("officer", city))


def test_an_older_pack_is_given_the_usual_programme_and_letters():
    pack = make.pack("luohu-2024")
    assert pack.programme is None
    assert programme_of(pack).name == "终身职业技能培训载体"
    assert recognised(pack) == "深圳市终身职业技能培训载体"
    assert [letters_of(kind) for kind in pack.types] == ["JD", "DS", "XC"]


@pytest.mark.parametrize(("name", "types"), [("yangshi-2026", 4), ("contest-2026", 2)])
def test_a_pack_has_its_own_programme_and_any_number_of_types(name, types):
    cycle = open_sample(name)
    assert cycle.types.count() == types
    assert cycle.programme.code == programme_of(sample(name)).code
    assert cycle.recognised.startswith(place_of(sample(name).city))


def test_two_programmes_of_one_city_stand_side_by_side():
    make.cycle()
    open_sample("contest-2026")
    named = set(Programme.objects.filter(city=make.city()).values_list("code", flat=True))
    assert named == {"carriers", "contests"}


def test_a_certificate_is_numbered_as_its_programme_says():
    programme = open_sample("yangshi-2026").programme
    assert programme.certified(2026, "SX") == "YSXT2026SX{number}"


def test_two_cities_may_have_districts_of_one_code():
    ours = make.district("luohu")
    theirs = open_sample("yangshi-2026").districts.get(code="luohu")
    assert ours != theirs
    assert ours.root_id != theirs.root_id


def test_an_officer_of_one_city_opens_no_year_of_another():
    with pytest.raises(PermissionDenied):
        open_year(sample("yangshi-2026"), by=make.holder("officer", make.city()))
