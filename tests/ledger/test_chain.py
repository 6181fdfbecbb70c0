import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests import make
from zaiti.ledger.chain import first_break, record
from zaiti.ledger.models import Entry


def three_entries() -> list[Entry]:
    person = make.user()
    return [record("greet", person, by=person, word=word) for word in ("one", "two", "three")]


def test_each_entry_carries_the_hash_of_the_one_before():
    first, second, third = three_entries()
    assert [second.previous, third.previous] == [first.hash, second.hash]
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
