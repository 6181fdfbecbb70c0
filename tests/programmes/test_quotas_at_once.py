"""Two officers at once, on two real connections: the cap is never passed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from tests import make
from zaiti.accounts.models import User
from zaiti.core import Refused
from zaiti.programmes.actions import change_cap, move_quota, open_year, set_quotas
from zaiti.programmes.models import Cycle, Quota
from zaiti.programmes.queries import quota_table

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run each work on a thread and a connection of its own, all from one start; give what came of each."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return work()
        except (Refused, IntegrityError) as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


def year(cap: int = 10) -> Cycle:
    cycle = open_year(make.pack("shenzhen-2025"), by=make.holder("officer", make.city()))
    Cycle.objects.filter(pk=cycle.pk).update(cap=cap, report_deadline=None)
    cycle.refresh_from_db()
    return cycle


def cells(cycle: Cycle) -> list[Quota]:
    return [row.cells[0] for row in quota_table(cycle).rows]


def give(cell: Quota, places: int, *, by: User) -> None:
    """Set one cell, as an officer's page would, with rows read on this connection."""
    cycle = Cycle.objects.get(pk=cell.cycle_id)
    set_quotas(cycle, by=by, places={(cell.authority_id, cell.carrier_type_id): places})


def total(cycle: Cycle) -> int:
    return quota_table(Cycle.objects.get(pk=cycle.pk)).total


def test_two_officers_who_save_at_once_never_pass_the_cap():
    cycle = year(cap=10)
    one, two = make.holder("officer", cycle.city), make.holder("officer", cycle.city)
    first, second = cells(cycle)[:2]
    for _round in range(ROUNDS):
        Quota.objects.update(places=0)
        came = at_once(
            lambda: give(first, 6, by=one),
            lambda: give(second, 6, by=two),
        )
        assert [isinstance(outcome, Refused) for outcome in came].count(True) == 1
        assert total(cycle) == 6


def test_the_database_alone_keeps_the_cap_when_rows_are_written_without_the_action():
    cycle = year(cap=10)
    first, second = cells(cycle)[:2]

    def write(quota: Quota) -> None:
        with transaction.atomic():
            Quota.objects.filter(pk=quota.pk).update(places=6)

    for _round in range(ROUNDS):
        Quota.objects.update(places=0)
        came = at_once(lambda: write(first), lambda: write(second))
        assert [isinstance(outcome, IntegrityError) for outcome in came].count(True) == 1
        assert total(cycle) == 6


def test_moves_at_once_from_one_district_never_take_more_than_it_has():
    cycle = year(cap=10)
    source, one, two = cells(cycle)[:3]
    by = make.holder("officer", cycle.city)

    def take(target: Quota) -> object:
        return move_quota(
            Quota.objects.get(pk=source.pk), Quota.objects.get(pk=target.pk), by=by, places=3, reason="调剂"
        )

    for _round in range(ROUNDS):
        Quota.objects.update(places=0)
        Quota.objects.filter(pk=source.pk).update(places=5)
        came = at_once(lambda: take(one), lambda: take(two))
        assert [isinstance(outcome, Refused) for outcome in came].count(True) == 1
        assert total(cycle) == 5


def test_moves_that_cross_each_other_do_not_lock_each_other_out():
    cycle = year(cap=10)
    left, right = cells(cycle)[:2]
    Quota.objects.filter(pk__in=[left.pk, right.pk]).update(places=5)
    by = make.holder("officer", cycle.city)

    def swap(source: Quota, target: Quota) -> object:
        return move_quota(
            Quota.objects.get(pk=source.pk), Quota.objects.get(pk=target.pk), by=by, places=2, reason="调剂"
        )

    came = at_once(lambda: swap(left, right), lambda: swap(right, left))
    assert not [outcome for outcome in came if isinstance(outcome, Exception)]
    assert total(cycle) == 10


def test_a_cap_lowered_while_a_quota_grows_still_holds():
    cycle = year(cap=10)
    cell = cells(cycle)[0]
    one, two = make.holder("officer", cycle.city), make.holder("officer", cycle.city)
    at_once(
        lambda: give(cell, 9, by=one),
        lambda: change_cap(Cycle.objects.get(pk=cycle.pk), by=two, cap=5),
    )
    assert total(cycle) <= Cycle.objects.get(pk=cycle.pk).cap
