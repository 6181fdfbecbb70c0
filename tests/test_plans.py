"""Pages find their rows by indexes, however many there are: their query plans are looked at."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from bench import grow, people
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from tests import databases, town
from zaiti import clock

ROWS = 1000
UNINDEXED = {"search"}  # a word within a text: no index serves that yet
# What grows with the years and the units; all else is a page of rows at most.
GROWING = {
    "accounts_organisation",
    "accounts_user",
    "applications_application",
    "applications_material",
    "applications_materialversion",
    "applications_submission",
    "ledger_entry",
    "panels_review",
    "panels_score",
    "panels_scoresheet",
    "ranking_candidate",
    "screening_check",
    "screening_correction",
}


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The town, grown; made once and copied."""
    name = f"{databases.HERE['NAME']}_province"
    with django_db_blocker.unblock(), clock.at(town.NOW):
        databases.copy(databases.province(town.play, lambda: grow.grow(ROWS)), name)
        with databases.instead(name):
            yield
        databases.drop(name)


def sequential(plan: dict[str, Any]) -> set[str]:
    """The growing tables that a plan reads from end to end."""
    inner = {table for part in plan.get("Plans", []) for table in sequential(part)}
    own = {plan["Relation Name"]} if plan["Node Type"] == "Seq Scan" else set()
    return (own & GROWING) | inner


def plan_of(sql: str) -> dict[str, Any]:
    """How PostgreSQL would answer where reading a whole table is always dearest, whatever its size."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.replace("%", "%%"), [])
        (found,) = cursor.fetchone() or ("[]",)
    return dict((json.loads(found) if isinstance(found, str) else found)[0]["Plan"])


@pytest.mark.usefixtures("province")
def test_no_listed_page_reads_a_growing_table_from_end_to_end():
    pages = [page for page in people.pages() if page.name not in UNINDEXED]
    sessions, found = people.keys({page.user for page in pages}), dict[str, set[str]]()
    for page in pages:
        client = Client()
        client.cookies["sessionid"] = sessions[page.user]
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page.path).status_code in (200, 302), page
        reads = [one["sql"] for one in asked if one["sql"].lstrip("(").startswith("SELECT")]
        found[page.name] = {table for sql in reads for table in sequential(plan_of(sql))}
    assert not {name: tables for name, tables in found.items() if tables}


@pytest.mark.usefixtures("province")
def test_a_column_without_an_index_is_noticed():
    assert sequential(plan_of("SELECT 1 FROM applications_application WHERE carrier_name = 'x'")) == {
        "applications_application"
    }
