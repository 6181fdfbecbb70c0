"""Each entry knows its city, found by the thing's keys without touching the thing."""

from tests import make
from zaiti.accounts.models import Authority
from zaiti.ledger.chain import record
from zaiti.ledger.models import Entry
from zaiti.ledger.trees import city_of


def test_a_deed_is_its_things_citys():
    panel = make.panel()
    assert record("try", panel, by=None).city_id == make.city().pk
    assert city_of(panel.seats.first()) == make.city().pk
    assert city_of(make.district()) == make.city().pk


def test_what_hangs_on_no_bureau_is_the_city_of_who_did_it():
    assert record("try", make.user(), by=make.holder("officer")).city_id == make.city().pk
    assert record("try", make.user(), by=None).city_id is None


def test_the_thing_holds_what_it_held():
    seat = make.panel().seats.first()
    seat.refresh_from_db()
    city_of(seat)
    assert "panel" not in seat._state.fields_cache


def test_another_citys_auditor_reads_neither_these_nor_the_accounts():
    far = Authority.objects.create(code="ys", level="city", name="样示市局")
    record("try", make.application(), by=None)
    record("try", make.user(), by=None)
    assert not Entry.objects.within([far.pk]).exists()
    assert Entry.objects.within([make.city().pk]).exists()
