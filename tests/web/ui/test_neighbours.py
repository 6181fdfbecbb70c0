from datetime import timedelta

import pytest
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from tests import make
from zaiti import clock
from zaiti.applications.models import Application
from zaiti.web.lists.neighbours import neighbours

ORDERS = [("due", "submitted_at"), ("-due",), ("organisation__name",), ("-carrier_type__order", "due"), ()]


@pytest.fixture
def rows():
    """Some due on one day, some on another, some on none."""
    made = make.many_to_screen(9)
    for place, one in enumerate(made):
        due = None if place % 3 == 0 else clock.today() + timedelta(days=place % 3)
        Application.objects.filter(pk=one.pk).update(answer_due=due, submitted_at=clock.now())
    return Application.objects.filter(pk__in=[one.pk for one in made])


@pytest.mark.parametrize("order", ORDERS)
def test_what_stands_beside_each_thing_is_as_the_whole_list_has_it(rows, order):
    listed = list(rows.order_by(*order, "pk"))
    for place, one in enumerate(listed):
        before = listed[place - 1].pk if place else None
        after = listed[place + 1].pk if place + 1 < len(listed) else None
        found = neighbours(rows.order_by(*order), one)
        assert found == {"previous": before, "next": after, "place": place + 1, "count": len(listed)}


def test_one_question_is_asked_however_long_the_list_is(
    rows, django_assert_num_queries: DjangoAssertNumQueries
):
    one = rows.select_related("organisation")[4]
    with django_assert_num_queries(1):
        neighbours(rows.order_by("due"), one)


def test_what_is_not_in_the_list_is_followed_by_its_first(rows):
    other = make.application("submitted")
    first = rows.order_by(F("due").asc(), "pk")[0]
    assert neighbours(rows.order_by("due"), other) == {
        "previous": None,
        "next": first.pk,
        "place": None,
        "count": 9,
    }
