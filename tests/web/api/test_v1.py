"""The machine door: public fields, filters, pages, and a page of its own without foreign script."""

import pytest

from tests import make
from tests.web.site import many

CARRIER = {
    "certificate_number",
    "name",
    "unit",
    "unit_now",
    "type",
    "type_name",
    "district",
    "district_code",
    "year",
    "recognised_on",
    "revoked_on",
    "state",
}


def test_carriers_give_whitelisted_fields_alone(client):
    many.carriers(1)
    (row,) = client.get("/api/v1/carriers").json()["items"]
    assert set(row) == CARRIER


def test_lists_come_in_pages_with_the_count_of_all(client):
    many.carriers(5)
    page = client.get("/api/v1/carriers", {"page_size": 2, "page": 3}).json()
    assert page["count"] == 5
    assert [row["certificate_number"] for row in page["items"]] == ["SZ-2024-JD-0005"]


def test_no_page_is_larger_than_the_most(client):
    many.carriers(120)
    assert len(client.get("/api/v1/carriers", {"page_size": 5000}).json()["items"]) == 100


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("year=2024", 1),
        ("year=2023", 0),
        ("district=luohu", 1),
        ("district=futian", 0),
        ("type=base", 1),
        ("type=studio", 0),
        ("state=valid", 1),
        ("state=revoked", 0),
    ],
)
def test_carriers_are_filtered(client, query, count):
    many.carriers(1)
    assert client.get(f"/api/v1/carriers?{query}").json()["count"] == count


@pytest.mark.parametrize("query", ["year=x", "type=other", "state=rectifying", "page=0"])
def test_a_filter_that_makes_no_sense_is_told_so(client, query):
    assert client.get(f"/api/v1/carriers?{query}").status_code == 422


def test_a_text_is_given_whole_on_its_own_address(client):
    text = make.publication(body="# 正文", kind="result")
    assert client.get("/api/v1/notices?kind=result").json()["items"][0]["id"] == text.pk
    assert client.get("/api/v1/notices?since=2999-01-01").json()["count"] == 0
    assert client.get(f"/api/v1/notices/{text.pk}").json()["body"] == "# 正文"


def test_a_posting_gives_names_of_units_and_no_more(client):
    many.postings(1)
    (row,) = client.get("/api/v1/postings?state=open").json()["items"]
    assert set(row["names"][0]) == {"unit", "type", "type_name", "last_day"}


def test_a_year_gives_its_types_and_published_calls(client):
    call = make.call()
    make.call(authority=make.district("futian"), state="draft")
    (year,) = client.get("/api/v1/cycles").json()["items"]
    assert [one["notice"] for one in year["calls"]] == [call.publication_id]
    assert len(year["types"]) == 3


def test_a_year_that_is_only_planned_is_not_given(client):
    make.cycle(2030, state="planned")
    assert client.get("/api/v1/cycles").json()["count"] == 0


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, verb):
    assert getattr(client, verb)("/api/v1/carriers").status_code == 405


@pytest.mark.parametrize("address", ["/api/v1/carriers/x", "/api/v1/notices/0"])
def test_what_is_not_there_is_a_404(client, address):
    assert client.get(address).status_code == 404


def test_the_schema_and_its_page_tell_of_each_address(client):
    schema = client.get("/api/v1/openapi.json").json()
    page = client.get("/api/").text
    assert len(schema["paths"]) == 6
    assert all(where in page for where in schema["paths"])
    assert not any(foreign in page for foreign in ("cdn.", "unpkg", "<script>"))
