import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from zaiti.clock.models import SpecialDay

URL = "/_ui/list/"


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    settings.DEMO = True


def read(client: Client, query: str = "", **headers: str) -> str:
    return client.get(URL + query, headers=headers).content.decode()


def count_queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        read(client)
    return len(queries)


def test_a_list_costs_as_much_at_three_rows_as_at_one(client: Client):
    read(client)
    keys = list(SpecialDay.objects.values_list("pk", flat=True)[:3])
    SpecialDay.objects.exclude(pk__in=keys[:1]).delete()
    at_one = count_queries(client)
    SpecialDay.objects.bulk_create(SpecialDay(day=day, working=False, name="示例") for day in keys[1:])
    assert count_queries(client) == at_one


def test_it_filters_sorts_and_counts_by_its_address(client: Client):
    body = read(client, "?name=国庆节&sort=-day")
    first, count = (
        body.split("<tbody>")[1].split("</td>")[0],
        SpecialDay.objects.filter(name="国庆节").count(),
    )
    newest = SpecialDay.objects.filter(name="国庆节").latest("day").day
    assert str(newest) in first
    assert f"{count} in all" in body


@pytest.mark.parametrize(("query", "rows"), [("", 25), ("?per_page=50", 50), ("?per_page=7", 25)])
def test_a_page_holds_25_50_or_100_rows(client: Client, query: str, rows: int):
    assert read(client, query).split("<tbody>")[1].count("<tr") == rows


def test_htmx_gets_the_list_alone(client: Client):
    body = read(client, "", **{"HX-Request": "true", "HX-Target": "listing"})
    assert body.lstrip().startswith('<section id="listing"')


def test_columns_can_be_left_out_but_not_the_first(client: Client):
    head = read(client, "?columns=name").split("<thead>")[1].split("</thead>")[0]
    assert ("日期" in head, "名称" in head, "是否上班" in head) == (True, True, False)


def test_nothing_found_says_how_to_go_on(client: Client):
    body = read(client, "?name=没有这一天")
    assert "Nothing matches these filters." in body
    assert "Clear filters" in body


def test_an_empty_list_says_what_will_appear(client: Client):
    SpecialDay.objects.all().delete()
    assert "Nothing here yet." in read(client)
