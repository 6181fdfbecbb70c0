"""Each address × each person, by GET and by POST, against a table that a person has read.

The table (`expected.txt`) has a line for each address and method: who is let in. Let in is an answer that is
neither “sign in”, 403 nor 404; a form that refuses an empty post has let its sender in. A new address fails
the test until it has its lines.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.walk.addresses import arguments, every_address
from tests.walk.town import NOW, Town, build
from zaiti import clock

TABLE = Path(__file__).with_name("expected.txt")
SEEN = Path(__file__).resolve().parents[2] / "var/walk.txt"
SHUT_OUT = {401, 403, 404, 405}


@pytest.mark.slow
def test_everyone_is_let_in_where_the_table_says_and_nowhere_else(settings):
    settings.DEMO = False
    town = build()
    with clock.at(NOW):
        seen = walk(town)
    SEEN.parent.mkdir(exist_ok=True)
    SEEN.write_text("\n".join(seen) + "\n")
    assert seen == TABLE.read_text().splitlines()


def walk(town: Town) -> list[str]:
    clients = {who: client_of(user) for who, user in town.actors.items()}
    lines = []
    for name, parameters in sorted(every_address(), key=lambda row: row[0]):
        address = reverse(name, kwargs=arguments(name, parameters, town.things))
        for method in ("get", "post"):
            answers = {who: knock(client, method, address) for who, client in clients.items()}
            lines.append(f"{name} {method.upper()}: {told(answers)}")
    return lines


def told(answers: dict[str, str]) -> str:
    broken = [who for who, answer in answers.items() if answer == "broken"]
    inside = [who for who, answer in answers.items() if answer == "in"]
    return f"BROKEN for {', '.join(broken)}" if broken else ", ".join(inside) or "nobody"


def client_of(user) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def knock(client: Client, method: str, address: str) -> str:
    """Knock, and put everything back as it was."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    if response.status_code >= 500:
        return "broken"
    to_sign_in = "/accounts/login/" in response.headers.get("Location", "")
    return "out" if response.status_code in SHUT_OUT or to_sign_in else "in"
