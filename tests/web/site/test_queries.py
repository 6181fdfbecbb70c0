"""What public pages cost: at most twelve queries, whatever their length; and what they never show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.web.site import many
from zaiti.clock import days

LISTS = {
    "/": many.postings,
    "/notices/": many.texts,
    "/postings/": many.postings,
    "/register/": many.carriers,
    "/draws/": many.draws,
    "/feed/": many.texts,
    "/search/?q=示例": many.carriers,
    "/register/?export=csv": many.carriers,
    "/api/v1/carriers": many.carriers,
    "/api/v1/notices": many.texts,
    "/api/v1/postings": many.postings,
}


def cost(client, address):
    days.forget_table()  # kept for half a minute: count it each time
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_the_same_at_one_three_and_three_hundred_rows(client, address):
    costs = []
    for more in (1, 2, 297):
        LISTS[address](more)
        costs.append(cost(client, address))
    assert len(set(costs)) == 1
    assert costs[0] <= 12


def test_a_posting_costs_the_same_at_one_and_three_names(client):
    one, three = (
        make.posting(totals=(90,), code="base"),
        make.posting(totals=(90, 85, 80), places=3, code="studio"),
    )
    costs = [cost(client, f"/postings/{posting.pk}/") for posting in (one, three)]
    assert costs[0] == costs[1] <= 12


def test_single_pages_cost_at_most_twelve(client):
    posting, draw, text = make.posting(), many.draws(1)[0], many.texts(1)[0]
    (carrier,) = many.carriers(1)
    make.call(authority=make.district("futian"))
    for address in (
        "/guide/",
        f"/notices/{text.pk}/",
        f"/notices/{posting.publication_id}/",
        f"/draws/{draw.pk}/",
        f"/register/{carrier.certificate_number}/",
        "/api/v1/cycles",
        "/api/",
    ):
        assert cost(client, address) <= 12


def test_the_guide_costs_the_same_at_one_and_three_calls(client):
    make.call()
    one = cost(client, "/guide/")
    for code in ("futian", "nanshan"):
        make.call(authority=make.district(code))
    assert cost(client, "/guide/") == one


@pytest.mark.parametrize("address", [*LISTS, "/api/v1/cycles", "/guide/"])
def test_no_list_shows_personal_data(client, address):
    many.carriers(1), many.postings(1), many.draws(1)
    assert shown(client, address) == []


def test_no_page_shows_personal_data(client):
    posting, draw = many.postings(1)[0], many.draws(1)[0]
    (carrier,) = many.carriers(1)
    for address in (
        f"/notices/{posting.publication_id}/",
        f"/postings/{posting.pk}/",
        f"/draws/{draw.pk}/",
        f"/draws/{draw.pk}/lines.txt",
        f"/register/{carrier.certificate_number}/",
        f"/api/v1/carriers/{carrier.certificate_number}",
        f"/api/v1/notices/{posting.publication_id}",
    ):
        assert shown(client, address) == []


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    return [secret for secret in (*many.SECRETS, make.IDENTITY) if secret in text]


def test_who_follows_the_feed_gets_it_once_until_a_text_is_added(client):
    many.texts(1)
    first = client.get("/feed/")
    again = client.get("/feed/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    many.texts(1)
    assert client.get("/feed/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_front_page_asks_for_the_cities_once(client):
    make.city()
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert sum("'city'" in one["sql"] and "titles" in one["sql"] for one in asked) == 1
    assert not [
        one["sql"] for one in asked if "COUNT(*)" in one["sql"] and "accounts_authority" in one["sql"]
    ]
