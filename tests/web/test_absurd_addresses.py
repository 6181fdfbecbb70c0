"""Every address with absurd parts and absurd queries, by those its door is for: a “no”, never a fault."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests import make
from tests.walk.addresses import PLAIN, _meanings, _value, _walk
from zaiti.accounts.models import User
from zaiti.carriers.models import Carrier

BIG = "9" * 30
# Every parameter of a query gets each of these in turn, all parameters at once.
VALUES = [BIG, "-1", "%FF%FE%0B", "1e999999999", "9999-99-99", "a&sort=-pk&page=NaN"]
KNOWN = ["page", "per_page", "sort", "columns", "q", "year", "m", "p", "at", "number", "next", "page_size"]
KNOWN += [
    "since",
    "until",
    "district",
    "type",
    "kind",
    "state",
    "cycle",
    "authority",
    "export",
    "offset",
    "limit",
]
DOORS = {
    "portal": ["applicant"],
    "desk": ["officer", "city officer", "auditor", "administrator", "supervisor"],
    "jury": ["expert"],
    "": ["visitor", "applicant"],
}


@pytest.fixture
def town(settings: Any) -> SimpleNamespace:
    settings.DEMO = False
    carrier = make.carrier()
    return SimpleNamespace(things=things(carrier), clients=clients(carrier))


def things(carrier: Carrier) -> dict[str, Any]:
    """The objects whose pages are asked for, as far as one carrier's story has them."""
    candidate = carrier.candidate
    review, application = candidate.review, candidate.review.application
    posting = candidate.postings.get()
    found = {
        "application": application,
        "material": application.materials.first(),
        "version": application.materials.first() and application.materials.first().versions.first(),
        "call": application.call,
        "open call": application.call,
        "cycle": application.call.cycle,
        "authority": carrier.authority,
        "kind": carrier.carrier_type,
        "publication": posting.publication,
        "posting": posting,
        "panel": review.panel,
        "review": review,
        "list": candidate.list,
        "candidate": candidate,
        "carrier": carrier,
        "report": candidate.reports.first(),
        "paper": carrier.certificate,
        "user": application.contact,
    }
    return {name: thing for name, thing in found.items() if thing}


def clients(carrier: Carrier) -> dict[str, Client]:
    application = carrier.candidate.review.application
    seat = carrier.candidate.review.panel.seats.first()
    people: dict[str, User | None] = {
        "visitor": None,
        "applicant": application.contact,
        "officer": make.holder("officer", carrier.authority),
        "city officer": make.holder("officer", make.city()),
        "auditor": make.holder("auditor", make.city()),
        "supervisor": make.holder("supervisor", make.city()),
        "administrator": make.user(is_admin=True),
        "expert": seat.expert.user,
    }
    made = {}
    for who, person in people.items():
        made[who] = Client(raise_request_exception=False)
        if person:
            made[who].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return made


def addresses() -> Iterator[tuple[str, list[str]]]:
    for name, pattern in _walk(get_resolver(), ""):
        if pattern.name != "styleguide":
            yield name, list(pattern.pattern.converters)


def who_for(name: str) -> list[str]:
    return DOORS.get(name.partition(":")[0], DOORS[""])


def broken(client: Client, address: str) -> bool:
    """Ask, and put everything back: a fault leaves nothing behind for the next."""
    with transaction.atomic():
        status = client.get(address).status_code
        transaction.set_rollback(True)
    return status >= 500


def test_absurd_parts_of_an_address_are_a_no(town):
    faults = []
    for name, parts in addresses():
        for value in ("\0", BIG, "x" * 300, "a b|'\"\\\x0b"):
            address = written(name, dict.fromkeys(parts, int(value) if value == BIG else value))
            who = who_for(name)[0]
            if parts and address and broken(town.clients[who], address):
                faults.append(f"{who} {address}")
    assert faults == []


def test_absurd_queries_are_a_no(town):
    faults = []
    for name, parts in addresses():
        address = written(name, {part: known(name, part, town.things) for part in parts})
        for who in who_for(name) if address else ():
            answer = town.clients[who].get(address)
            if answer.status_code == 200:  # whom the page is for; one of them will do
                faults += asked(town.clients[who], who, address, filters_of(answer))
                break
    assert faults == []


def written(name: str, parts: dict[str, Any]) -> str:
    """The address, or nothing where no such one can be written."""
    try:
        return reverse(name, kwargs=parts)
    except NoReverseMatch:
        return ""


def known(name: str, part: str, things: dict[str, Any]) -> Any:
    meaning = _meanings(name).get(part, "")
    first = meaning.partition(".")[0]
    return _value(meaning, things) if meaning and (first in things or "=" in meaning) else PLAIN.get(part, 1)


def filters_of(answer: HttpResponse) -> list[str]:
    chosen = answer.context and answer.context.get("filter")
    names = list(chosen.form.fields) if hasattr(chosen, "form") else []
    return [f"{name}{end}" for name in names for end in ("", "_min", "_after")]


def asked(client: Client, who: str, address: str, filters: list[str]) -> list[str]:
    names = list(dict.fromkeys([*KNOWN, *filters]))
    queries = [turned(names, turn) for turn in range(len(VALUES) if filters else 2)]
    queries += ["&".join(f"{name}=%00" for name in names), f"page={BIG}"]
    queries += ["%00=1", f"q={'x' * 3000}"] if filters else []
    return [f"{who} {address}?{query}" for query in queries if broken(client, f"{address}?{query}")]


def turned(names: list[str], turn: int) -> str:
    return "&".join(f"{name}={VALUES[(turn + n) % len(VALUES)]}" for n, name in enumerate(names))
