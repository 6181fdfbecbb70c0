"""The cache that allauth counts in: atomic, timed, and never culled."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models import F

from tests.at_once import at_once
from zaiti.limits.models import Kept


def let_pass(seconds: int) -> None:
    Kept.objects.update(ends=F("ends") - timedelta(seconds=seconds))


def test_what_is_set_is_kept_for_its_time():
    cache.set("a", [1, 2], 60)
    assert cache.get("a") == [1, 2]
    let_pass(61)
    assert cache.get("a", "gone") == "gone"


def test_an_add_fails_while_something_live_is_there():
    assert cache.add("a", 1, 60)
    assert not cache.add("a", 2, 60)
    let_pass(61)
    assert cache.add("a", 3, 60)
    assert cache.get("a") == 3


def test_it_can_be_deleted_made_to_last_and_cleared():
    cache.set("a", 1, 60)
    assert cache.touch("a", 600)
    let_pass(61)
    assert cache.get("a") == 1
    assert cache.delete("a")
    assert not cache.delete("a")
    assert not cache.touch("a")
    cache.set("b", 1, None)
    assert cache.get("b") == 1
    cache.clear()
    assert cache.get("b") is None


def test_a_thousand_newer_entries_push_none_out():
    cache.set("mine", 1, 3600)
    Kept.objects.bulk_create(Kept(name=f":1:{n}", value=b"") for n in range(1000))
    cache.set("newest", 1)
    assert cache.get("mine") == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_adds_at_once_one_is_first():
    told = []
    at_once(*[lambda: told.append(cache.add("a", 1, 60))] * 12)
    assert sorted(told) == [False] * 11 + [True]
