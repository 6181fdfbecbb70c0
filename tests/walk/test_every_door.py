"""Each address × each person, by GET and by POST, against a table that a person has read.

The table (`expected.txt`) has a line for each address and method: who is let in. Let in is an answer that is
neither “sign in”, 403 nor 404; a form that refuses an empty post has let its sender in. A new address fails
the test until it has its lines.
"""

from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.walk.addresses import arguments, every_address
from tests.walk.town import Town, look_up

TABLE = Path(__file__).with_name("expected.txt").read_text().splitlines()
SEEN = Path(__file__).resolve().parents[2] / "var/walk"
MOST_QUERIES = 12
SHUT_OUT = {401, 403, 404, 405}
ADDRESSES = dict(sorted(every_address(), key=lambda row: row[0]))
# Streets of about the same length, so that processes can share the walk.
STREETS = 8

pytestmark = pytest.mark.usefixtures("town_database")


def street(number: int) -> dict[str, set[str]]:
    """Every so-manieth address: a street has something of every door."""
    return {name: ADDRESSES[name] for name in list(ADDRESSES)[number::STREETS]}


@pytest.mark.slow
@pytest.mark.parametrize("number", range(STREETS))
def test_everyone_is_let_in_where_the_table_says_and_nowhere_else(settings, number):
    settings.DEMO = False
    addresses = street(number)
    seen, dear = walk(look_up(), addresses)
    SEEN.mkdir(parents=True, exist_ok=True)
    (SEEN / f"{number}.txt").write_text("\n".join(seen) + "\n")
    assert dear == {}, "pages that cost more than twelve queries"
    assert seen == [line for line in TABLE if line.split()[0] in addresses]


def test_the_table_tells_of_no_address_that_is_gone():
    assert {line.split()[0] for line in TABLE} <= set(ADDRESSES)


def walk(town: Town, addresses: dict[str, set[str]]) -> tuple[list[str], dict[str, int]]:
    """Knock everywhere; give the table as seen, and the pages that cost too much."""
    clients = {who: client_of(user) for who, user in town.actors.items()}
    lines, dear = [], {}
    for name, parameters in addresses.items():
        address = reverse(name, kwargs=arguments(name, parameters, town.things))
        for method in ("get", "post"):
            knocks = {who: knock(client, method, address) for who, client in clients.items()}
            answers = {who: answer for who, (answer, _queries) in knocks.items()}
            lines.append(f"{name} {method.upper()}: {told(answers)}")
            most = max((queries for answer, queries in knocks.values() if answer == "in"), default=0)
            if method == "get" and most > MOST_QUERIES:
                dear[name] = most
    return lines, dear


def told(answers: dict[str, str]) -> str:
    broken = [who for who, answer in answers.items() if answer == "broken"]
    inside = [who for who, answer in answers.items() if answer == "in"]
    return f"BROKEN for {', '.join(broken)}" if broken else ", ".join(inside) or "nobody"


def client_of(user) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def knock(client: Client, method: str, address: str) -> tuple[str, int]:
    """Knock, count the queries, and put everything back as it was."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            response = getattr(client, method)(address)
        transaction.set_rollback(True)
    return answer_of(response), sum("SAVEPOINT" not in query["sql"] for query in queries)


def answer_of(response: HttpResponse) -> str:
    if response.status_code >= 500:
        return "broken"
    sent_to = response.headers.get("Location", "")
    sent_away = sent_to.startswith((reverse("account_login"), reverse("portal:register")))
    return "out" if response.status_code in SHUT_OUT or sent_away else "in"
