import hashlib

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests import make
from zaiti.accounts.actions import invite_member
from zaiti.ledger.chain import GENESIS, first_break, record, said_at_first, seal
from zaiti.ledger.models import Entry
from zaiti.ledger.statement import digest


def three_entries() -> list[Entry]:
    person = make.user()
    made = [record("greet", person, by=person, word=word) for word in ("one", "two", "three")]
    seal()
    return list(Entry.objects.filter(pk__in=[entry.pk for entry in made]).order_by("place"))


def test_each_entry_carries_the_hash_of_the_one_before():
    first, second, third = three_entries()
    assert [second.previous, third.previous] == [first.hash, second.hash]
    assert first_break() is None


def test_an_entry_can_neither_be_changed_nor_deleted_before_it_is_sealed():
    person = make.user()
    record("greet", person, by=person)
    for deed in CHANGES:
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_an_entry_that_the_database_did_not_seal_breaks_the_chain():
    three_entries()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        record("smuggle", make.user(), by=None)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")
    assert first_break().entry == Entry.objects.get(verb="smuggle").pk


def by_the_first_rule(entry: Entry) -> list[str]:
    """The hashes that such an entry may bear: before the database sealed entries, and after."""
    said = "\x1f".join(said_at_first(entry))
    sealed = GENESIS + hashlib.sha256(said.encode()).hexdigest()
    return [hashlib.sha256(text.encode()).hexdigest() for text in (f"{GENESIS}\x1f{said}", sealed)]


@pytest.mark.parametrize("way", [0, 1])
def test_entries_of_the_first_rule_still_hold(way):
    person = make.user()
    entry = record("greet", person, by=person, word="früher")
    entry.rule = 1
    kept = {"previous": GENESIS, "hash": by_the_first_rule(entry)[way], "place": 1, "rule": 1}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        Entry.objects.filter(pk=entry.pk).update(digest=digest(entry), **kept)
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")
    assert first_break() is None
    record("greet", person, by=person, word="heute")
    seal()
    assert first_break() is None


CHANGES = [lambda: Entry.objects.update(verb="x"), lambda: Entry.objects.all().delete()]


@pytest.mark.parametrize("deed", CHANGES)
def test_the_database_refuses_to_change_or_delete_an_entry(deed):
    three_entries()
    with pytest.raises(DatabaseError), transaction.atomic():
        deed()


def test_verify_ledger_names_the_first_entry_that_does_not_hold(capsys):
    _first, second, _third = three_entries()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger_entry SET verb = 'forged' WHERE id = %s", [second.pk])
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")
    with pytest.raises(CommandError, match=str(second.pk)):
        call_command("verify_ledger")


def test_numbers_of_people_in_facts_are_masked():
    entry = record(
        "greet", make.user(), by=None, reasons=["电话13800138000停机"], more={"a": "11010519491231002X"}
    )
    assert entry.facts == {"reasons": ["电话138****8000停机"], "more": {"a": "110***********002X"}}


def test_mail_addresses_in_facts_are_masked():
    facts = {"why": "信寄zhang.san@mail.example.com了", "to": ["a@example.cn", "无"]}
    entry = record("greet", make.user(), by=None, **facts)
    assert entry.facts == {"why": "信寄z***@mail.example.com了", "to": ["a***@example.cn", "无"]}


def test_a_legal_representative_is_masked_whoever_writes_it_down():
    owner = make.applicant()
    facts = {"changed": {"legal_person": "欧阳示例", "kind": "college"}, "more": [{"legal_person": "甲"}]}
    entry = record("edit_organisation", owner.organisation, by=owner, **facts)
    assert entry.facts["changed"] == {"legal_person": "欧**", "kind": "college"}
    assert entry.facts["more"] == [{"legal_person": "甲**"}]


def test_who_is_invited_stands_in_no_label():
    owner = make.applicant()
    invitation = invite_member(owner.organisation, by=owner, name="同事示例", email="colleague@example.com")
    label = Entry.objects.get(verb="invite_member").thing_label
    assert invitation.name not in label
    assert label.endswith("同**")
