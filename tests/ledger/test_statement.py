"""What is hashed of an entry: one spelling for each, and nobody's name in it."""

import json

import pytest

from tests import make
from zaiti.ledger.chain import record, seal
from zaiti.ledger.models import Entry
from zaiti.ledger.statement import canonical, digest, disclosing, statement
from zaiti.ledger.verify import commitment


def test_two_entries_that_read_the_same_when_joined_have_digests_of_their_own():
    person = make.user()
    entry = record("greet", person, by=person)
    entry.actor, entry.verb = "甲\x1fgreet", "open"
    first = digest(entry)
    entry.actor, entry.verb = "甲", "greet\x1fopen"
    assert digest(entry) != first


def test_every_column_that_an_entry_says_changes_its_digest():
    person = make.user()
    entry = record("greet", person, by=person, word="hello")
    for name in ("pk", "by_id", "thing_id", "city_id", "rule"):
        was, before = getattr(entry, name), digest(entry)
        setattr(entry, name, 987_654)
        assert digest(entry) != before, name
        setattr(entry, name, was)
    for name in ("actor", "verb", "thing_type", "thing_label", "facts"):
        was, before = getattr(entry, name), digest(entry)
        setattr(entry, name, {"word": "bye"} if name == "facts" else "other")
        assert digest(entry) != before, name
        setattr(entry, name, was)


def test_what_is_personal_stands_in_a_statement_as_salted_commitments():
    person = make.user("示例张三")
    entry = record("greet", person, by=person, reason="示例原因")
    said = statement(entry)
    assert "示例" not in said
    assert "示例" in json.dumps(entry.facts, ensure_ascii=False) + entry.actor
    other = record("greet", person, by=person, reason="示例原因")
    assert json.loads(said)["facts"]["reason"] != json.loads(statement(other))["facts"]["reason"]


def test_a_word_is_disclosed_alone():
    person = make.user()
    entry = record("greet", person, by=person, reason="甲", number=3)
    salt, text = disclosing(entry)["facts.number"]
    assert text == "3"
    assert json.loads(statement(entry))["facts"]["number"] == commitment(bytes.fromhex(salt), text)


def test_an_entry_is_hashed_as_the_database_gives_it_back():
    person = make.user()
    facts = {"a": 1.0, "b": 2**60, "c": ["é", {"z": None, "ä": True, "😀": -0.0}], "d": 1e-7, "e": "\u2028"}
    record("greet", person, by=person, **facts)
    seal()
    entry = Entry.objects.latest("id")
    assert bytes(entry.digest) == digest(entry)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\x80": 6, "ö": 7}, "RFC 8785, 3.2.3"),
        ([333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001], "RFC 8785, 3.2.2"),
    ],
)
def test_the_spelling_is_that_of_rfc_8785(value, text):
    if text.endswith("3.2.2"):
        assert canonical(value) == "[333333333.3333333,1e+30,4.5,0.002,1e-27]"
    else:
        assert list(json.loads(canonical(value)).values()) == [2, 4, 6, 7, 1, 5, 3]
