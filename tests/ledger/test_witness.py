"""What the owner of database, tables and key can do to the past, and that a witness outside finds each."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tests import make
from tests.ledger.attacks import as_owner
from tests.ledger.test_log import grown, rewrite
from zaiti.ledger import log, signing, tree
from zaiti.ledger.chain import record, seal
from zaiti.ledger.witness import Contradiction, Seen, kept, over_http, witness


def read(path: str) -> bytes | None:
    """The log as it is served."""
    answer = Client().get(f"/log/{path}")
    return answer.content if answer.status_code == 200 else None


@pytest.fixture
def state(tmp_path) -> Path:
    return tmp_path / "witness.json"


def look(state: Path, **how: object) -> Seen:
    """Let the witness look once."""
    return witness("https://example.com/log", state, read=read, **how)


def forget(above: int) -> None:
    """Take away all that the log keeps of more than so many entries, its checkpoints too."""
    with as_owner() as cursor:
        cursor.execute("DELETE FROM ledger_checkpoint WHERE size > %s", [above])
        cursor.execute("DELETE FROM ledger_fulltile WHERE (number + 1) * 256 > %s OR level > 0", [above])
        cursor.execute("DELETE FROM ledger_entry WHERE place > %s", [above])


def change(place: int) -> None:
    """Let an entry say something else, and everything after it agree."""
    with as_owner() as cursor:
        cursor.execute("UPDATE ledger_entry SET actor = 'forged' WHERE place = %s", [place])
    rewrite(place)


def sign_anew() -> None:
    """Sign what is there now as if it had been so always."""
    with as_owner() as cursor:
        cursor.execute("DELETE FROM ledger_checkpoint")
        cursor.execute("DELETE FROM ledger_fulltile")
    log.make_checkpoint()


def test_a_log_that_only_grows_is_followed(state):
    for more, size in ((3, 3), (260, 263), (40, 303)):
        grown(more)
        assert look(state, all_entries=False).size == size
        assert look(state).size == size


def delete_the_newest():
    forget(28)
    log.make_checkpoint()


def delete_the_newest_but_not_the_checkpoint():
    with as_owner() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE place > 29")


def delete_all():
    forget(0)


def truncate():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE ledger_entry, ledger_checkpoint, ledger_fulltile")


def rewrite_from_the_middle():
    change(10)
    sign_anew()


def rewrite_and_leave_the_signed_tiles():
    change(10)


def rewrite_and_grow():
    change(29)
    sign_anew()
    grown(5)


def number_anew():
    with as_owner() as cursor:
        cursor.execute("UPDATE ledger_entry SET place = 1000 WHERE place = 7")
        cursor.execute("UPDATE ledger_entry SET place = 7 WHERE place = 8")
        cursor.execute("UPDATE ledger_entry SET place = 8 WHERE place = 1000")
    sign_anew()


def fork():
    with as_owner() as cursor:
        cursor.execute("UPDATE ledger_entry SET digest = sha256('x') WHERE place = 30")
    sign_anew()


def roll_back_a_backup():
    forget(20)
    grown(15)


def sign_with_another_key():
    made = signing.new()
    with as_owner() as cursor:
        note = made.checkpoint(30, tree.root_of(log.entry_hashes(0, 30)))
        cursor.execute("UPDATE ledger_checkpoint SET key = %s, note = %s", [made.verifier(), note])


ATTACKS = {
    delete_the_newest: "deleted",
    delete_the_newest_but_not_the_checkpoint: "missing",
    delete_all: "gone",
    truncate: "gone",
    rewrite_from_the_middle: "forked",
    rewrite_and_leave_the_signed_tiles: "rewritten",
    rewrite_and_grow: "rewritten",
    number_anew: "forked",
    fork: "forked",
    roll_back_a_backup: "rewritten",
    sign_with_another_key: "not signed|false",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_on_the_past_is_found(state, attack):
    grown(20)
    look(state)
    grown(10)
    before = look(state)
    attack()
    with pytest.raises(Contradiction, match=ATTACKS[attack]):
        look(state)
    assert kept(state) == before
    assert (state.parent / "witness.json.evidence").exists() or ATTACKS[attack] == "gone"


def test_new_entries_alone_tell_of_a_rewritten_past_too(state):
    grown(30)
    look(state)
    rewrite_and_grow()
    with pytest.raises(Contradiction, match="not those that the checkpoint signs"):
        look(state, all_entries=False)


def test_a_log_that_never_was_is_no_contradiction(state):
    with pytest.raises(OSError, match="no log"):
        look(state)


def test_a_key_that_is_given_is_the_one_that_counts(state):
    grown(1)
    with pytest.raises(Contradiction, match="not signed"):
        look(state, key=signing.new().verifier())
    assert not state.exists()


def test_only_addresses_of_the_web_are_read():
    with pytest.raises(OSError, match="no address"):
        over_http("file:///etc/passwd")


def test_a_state_that_is_none_is_not_written_over(state):
    grown(1)
    state.write_text("{}")
    with pytest.raises(OSError, match="not what a witness keeps"):
        look(state)


def test_the_state_is_a_file_that_people_can_read(state):
    grown(3)
    look(state)
    assert json.loads(state.read_text())["note"].startswith("127.0.0.1")
    record("greet", make.user(), by=None)
    seal()
    assert look(state).size == 3
