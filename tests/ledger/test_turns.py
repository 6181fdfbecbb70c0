"""Deeds that meet: none waits for ever, none is lost, the chain has no fork."""

import random
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event, Thread

import pytest
from django.db import OperationalError, connection, transaction

from tests import make
from tests.at_once import at_once
from zaiti.accounts.models import User
from zaiti.ledger.chain import first_break, record
from zaiti.ledger.models import Entry
from zaiti.ledger.turns import again, deeds_done, is_clash, take_turn

CLASH = "DO $$ BEGIN RAISE EXCEPTION 'met' USING ERRCODE = '{}'; END $$"


def hold(person: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def clash(code: str = "40P01") -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLASH.format(code))


@pytest.mark.django_db(transaction=True)
def test_who_wrote_first_and_who_holds_a_row_first_do_not_wait_for_each_other():
    person, written, held = make.user(), Event(), Event()

    @transaction.atomic
    def writes_then_holds():
        record("greet", person, by=None)
        written.set()
        assert held.wait(10)
        hold(person)

    @transaction.atomic
    def holds_then_writes():
        hold(person)
        held.set()
        assert written.wait(10)
        record("greet", person, by=person)

    assert at_once(writes_then_holds, holds_then_writes) == ["done", "done"]
    assert (Entry.objects.count(), first_break()) == (2, None)


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain_without_a_fork_or_a_gap():
    person = make.user()

    def write_some():
        for _time in range(10):
            with transaction.atomic():
                for _entry in range(random.randint(1, 4)):
                    record("greet", person, by=person)

    assert set(at_once(*[write_some] * 8)) == {"done"}
    places = list(Entry.objects.order_by("place").values_list("place", flat=True))
    assert places == list(range(1, len(places) + 1))
    assert first_break() is None


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_leaves_no_trace_in_the_chain():
    with transaction.atomic():
        record("greet", make.user(), by=None)
        transaction.set_rollback(True)
    record("greet", make.user(), by=None)
    assert (Entry.objects.get().place, first_break()) == (1, None)


def cross(first: User, second: User, both: Barrier) -> None:
    """Hold two rows one after the other; the first time, not before the other deed holds its own first."""
    with transaction.atomic():
        hold(first)
        with suppress(BrokenBarrierError):
            both.wait(10)
        both.abort()
        hold(second)
        record("cross", first, by=None)


@pytest.mark.django_db(transaction=True)
def test_deeds_that_deadlock_are_tried_again_until_both_are_done():
    one, other, both = make.user(), make.user(), Barrier(2)
    ends = []

    def run(first, second):
        try:
            again(cross)(first, second, both)
            ends.append("done")
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert ends == ["done", "done"]
    assert Entry.objects.filter(verb="cross").count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_it_is_tried_three_times_more_and_no_oftener(code):
    tries = []

    def fail():
        tries.append(1)
        clash(code)

    with pytest.raises(OperationalError) as last:
        again(fail)()
    assert is_clash(last.value)
    assert len(tries) == 4


@pytest.mark.django_db(transaction=True)
def test_what_stands_in_part_is_not_done_twice():
    person = make.user()

    def half():
        record("greet", person, by=None)
        clash()

    with pytest.raises(OperationalError):
        again(half)()
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_deed_counts_once_it_stands():
    before = deeds_done()
    with transaction.atomic():
        record("greet", make.user(), by=None)
        assert deeds_done() == before
    assert deeds_done() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_turn_lasts_until_the_transaction_ends():
    inside = []

    @transaction.atomic
    def alone():
        take_turn("a test's")
        inside.append(1)
        assert len(inside) == 1
        inside.pop()

    assert at_once(*[alone] * 6) == ["done"] * 6
