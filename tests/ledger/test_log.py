"""Checkpoints: when they are made, what they refuse to sign, and what the nightly walk finds by them."""

import json
import random

import pytest
from django.db import DatabaseError, connection, transaction

from tests import make
from tests.ledger.attacks import as_owner
from zaiti.ledger import log, tree, verify
from zaiti.ledger.chain import first_break, record, seal
from zaiti.ledger.models import Checkpoint, Entry, FullTile
from zaiti.ledger.statement import statement


def grown(number: int) -> Checkpoint:
    """The checkpoint after so many more entries."""
    person = make.user()
    for n in range(number):
        record("greet", person, by=person, number=n)
    seal()
    made = log.make_checkpoint()
    assert made is not None
    return made


def test_no_checkpoint_is_made_of_nothing_and_none_twice():
    assert log.make_checkpoint() is None
    assert grown(3).pk == log.make_checkpoint().pk


def test_a_checkpoint_is_signed_and_says_size_and_root():
    made = grown(3)
    origin, size, root = verify.checkpoint(made.note, made.key)
    assert (size, root) == (3, bytes(made.root))
    assert origin.endswith("/log")
    leaves = [verify.leaf_hash(bytes(one.digest)) for one in Entry.objects.order_by("place")]
    assert root == tree.root_of(leaves)


def test_full_tiles_are_kept_and_give_the_root_that_all_entries_give():
    grown(200)
    made = grown(60)
    assert FullTile.objects.count() == 1
    assert bytes(made.root) == tree.root_of(log.entry_hashes(0, 260))
    assert first_break() is None


def test_an_entry_and_its_proof_make_a_receipt_that_anyone_checks():
    made = grown(30)
    receipt = log.receipt(Entry.objects.get(place=28))
    found = verify.check(json.loads(json.dumps(receipt)), made.key)
    assert (found["index"], found["size"], found["disclosed"]["facts.number"]) == (27, 30, 27)
    record("greet", make.user(), by=None)
    seal()
    assert log.receipt(Entry.objects.get(place=31)) is None


def test_a_proof_asks_for_each_tile_once(django_assert_max_num_queries):
    grown(260)
    with django_assert_max_num_queries(4):
        assert log.proof(30)


def test_a_receipt_in_which_one_bit_is_changed_does_not_hold():
    made = grown(5)
    whole = json.dumps(
        log.receipt(Entry.objects.get(place=3)), ensure_ascii=False, separators=(",", ":")
    ).encode()
    chance = random.Random(17)
    for _ in range(200):
        place, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        changed = whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :]
        with pytest.raises(verify.AMISS):
            verify.check(json.loads(changed), made.key)


@pytest.mark.parametrize("table", [Checkpoint, FullTile])
def test_what_was_signed_is_not_taken_back(table):
    grown(256)
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.all().delete()


def test_nothing_is_signed_that_the_last_checkpoint_contradicts():
    grown(5)
    with as_owner() as cursor:
        cursor.execute("UPDATE ledger_entry SET digest = sha256('x') WHERE place = 2")
    record("greet", make.user(), by=None)
    seal()
    with pytest.raises(log.Rewritten, match="5 entries"):
        log.make_checkpoint()


def test_a_log_shorter_than_its_checkpoint_is_neither_signed_nor_held_good():
    grown(5)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE place > 3")
    with pytest.raises(log.Rewritten):
        log.make_checkpoint()
    assert first_break().reason == "missing"


def test_all_taken_away_is_found_missing():
    grown(5)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM ledger_entry")
    assert (first_break().entry, first_break().reason) == (0, "missing")


def test_another_key_signs_nothing_more(settings):
    grown(1)
    settings.LOG_KEY = log.signing.new().secret()
    record("greet", make.user(), by=None)
    seal()
    with pytest.raises(log.Rewritten, match="key"):
        log.make_checkpoint()


def test_numbering_anew_breaks_the_chain():
    grown(3)
    with as_owner() as cursor:
        cursor.execute("UPDATE ledger_entry SET place = place + 500")
    assert first_break().reason == "place"
    with as_owner() as cursor:
        cursor.execute("UPDATE ledger_entry SET place = place - 500, id = id + 100000")
    assert first_break().reason == "hash"


def test_a_chain_written_anew_from_the_middle_is_found_by_its_checkpoint():
    grown(5)
    with as_owner() as cursor:
        cursor.execute("UPDATE ledger_entry SET salt = sha256('x') WHERE place = 3")
    rewrite(3)
    assert first_break().reason == "checkpoint"


def rewrite(place: int) -> None:
    """Make every digest and hash anew from a place on, as the owner of the database could."""
    before = Entry.objects.get(place=place - 1).hash
    with as_owner() as cursor:
        for entry in Entry.objects.filter(place__gte=place).order_by("place"):
            digest = verify.entry_of(statement(entry))
            cursor.execute(
                "UPDATE ledger_entry SET digest = %s, previous = %s,"
                " hash = encode(sha256(convert_to(%s || encode(%s, 'hex'), 'UTF8')), 'hex')"
                " WHERE id = %s RETURNING hash",
                [digest, before, before, digest, entry.pk],
            )
            (before,) = cursor.fetchone()


def test_the_database_holds_the_chain_for_a_whole_transaction_at_once():
    with transaction.atomic():
        grown(40)
    assert connection.in_atomic_block
    assert first_break() is None
