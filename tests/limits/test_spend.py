"""An allowance: a true window, one statement, and no way around it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from tests.at_once import at_once
from zaiti.limits import TooMany, spend
from zaiti.limits.models import Kept, Spent
from zaiti.limits.tasks import clear

MINUTE = timedelta(minutes=1)


def take(key="one", most=3, cost=1, scope="a scope"):
    spend(scope, key, most=most, per=MINUTE, cost=cost)


def later(**ago):
    """Let time pass for all that was spent."""
    by = {"by": timedelta(**ago)}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE limits_spent SET ats = (SELECT array_agg(at - %(by)s) FROM unnest(ats) AS at)", by
        )


def wait(**facts):
    with pytest.raises(TooMany) as no:
        take(**facts)
    return no.value.retry_after


def test_so_many_are_taken_and_the_next_is_refused_with_the_time_to_wait():
    for _time in range(3):
        take()
    assert wait() == 60
    later(seconds=20)
    assert wait() == 40


def test_the_window_slides_and_is_not_begun_anew():
    take()
    later(seconds=40)
    take()
    take()
    later(seconds=19)
    assert wait() == 1
    later(seconds=1)
    take()
    assert wait() == 40


def test_what_is_refused_is_not_counted():
    for _time in range(3):
        take()
    for _time in range(10):
        wait()
    later(seconds=61)
    take()


def test_keys_and_scopes_are_counted_apart():
    take(most=1)
    take("another", most=1)
    take(scope="another", most=1)
    assert wait(most=1)


def test_a_cost_counts_as_much_and_one_above_all_is_never_taken():
    take(cost=60, most=100)
    later(seconds=10)
    take(cost=30, most=100)
    assert wait(cost=40, most=100) == 50
    assert wait(cost=90, most=100) == 60
    assert wait(cost=101, most=100)
    take(cost=10, most=100)


def test_the_sentence_says_when():
    take(most=1)
    with pytest.raises(TooMany, match="try again in 1 minute\\."):
        take(most=1)
    with pytest.raises(TooMany, match="try again in 24 hours\\."):
        spend("a day", "one", most=1, per=timedelta(days=1), cost=2)


def test_it_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        take()


def test_neither_address_nor_account_is_written_down():
    take("203.0.113.7")
    assert "203.0.113.7" not in Spent.objects.get().name


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_so_many_get_through():
    assert sorted(at_once(*[lambda: take(most=7)] * 20)) == ["TooMany"] * 13 + ["done"] * 7


@pytest.mark.django_db(transaction=True)
def test_it_stays_counted_when_the_transaction_is_undone():
    for _time in range(3):
        with transaction.atomic():
            take()
            transaction.set_rollback(True)
    assert wait()


def test_the_night_removes_what_has_run_out_and_nothing_else():
    for key in ("old", "new"):
        take(key)
        Kept.objects.create(name=key, value=b"", ends=timezone.now() + MINUTE)
    Kept.objects.create(name="for ever", value=b"")
    for model in (Spent, Kept):
        first = model.objects.filter(ends__isnull=False).order_by("pk").values("pk")[:1]
        model.objects.filter(pk__in=first).update(ends=F("ends") - 2 * MINUTE)
    clear(timestamp=0)
    assert (Spent.objects.count(), Kept.objects.count()) == (1, 2)
