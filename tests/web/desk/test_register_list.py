"""The bureaus' list of the register, of as many carriers as a test makes."""

import pytest

from tests import make

MOST_QUERIES = 12


def test_the_list_shows_finds_and_exports(client):
    first, second = make.carriers()
    client.force_login(make.holder("officer"))
    assert first.certificate_number in client.get("/desk/carriers/").text
    found = client.get("/desk/carriers/", {"q": second.certificate_number}).text
    assert second.certificate_number in found
    assert first.certificate_number not in found
    exported = client.get("/desk/carriers/", {"export": "csv"}).content.decode()
    assert first.organisation.name in exported


def many(number):
    carriers = make.carriers(totals=tuple(90 - n for n in range(number)), places=number)
    for carrier in carriers:
        make.verified_training(carrier, carrier.year)
    return carriers


@pytest.mark.parametrize("number", [1, 8])
def test_the_list_costs_the_same_however_long(client, django_assert_max_num_queries, number):
    many(number)
    client.force_login(make.holder("officer", make.city()))
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/desk/carriers/")
