"""The public log as a stranger reads it: what is served, how it may be kept, and that it tells nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from zaiti.ledger import log, tree, verify
from zaiti.ledger.chain import record, seal
from zaiti.ledger.models import Entry


@pytest.fixture
def size():
    person = make.user("示例张三")
    for n in range(300):
        record("greet", person, by=person, reason="示例原因", number=n)
    seal()
    return log.make_checkpoint().size


def test_a_stranger_rebuilds_the_signed_root_from_tiles_and_from_entries(client, size):
    note, key = (client.get(f"/log/{name}").content.decode() for name in ("checkpoint", "key"))
    _origin, signed, root = verify.checkpoint(note, key)
    bundles = [client.get(f"/log/tile/entries/{at}").content for at in ("000", "001.p/44")]
    tiles = [client.get(f"/log/tile/0/{at}").content for at in ("000", "001.p/44")]
    leaves = [verify.leaf_hash(one[at + 2 : at + 34]) for one in bundles for at in range(0, len(one), 34)]
    assert b"".join(tiles) == b"".join(leaves)
    assert (signed, root) == (size, tree.root_of(leaves))
    assert client.get("/log/tile/1/000.p/1").content == tree.root_of(leaves[:256])


@pytest.mark.parametrize(
    "address",
    [
        "tile/0/001",
        "tile/0/001.p/45",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/0/000.p/05",
        "tile/0/x000/000",
        "tile/0/1",
        "tile/1/000",
        "tile/00/000",
        "tile/64/000",
        "tile/63/000",
        "tile/entries/002",
        "tile/entries/001.p/45",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
    ],
)
def test_what_no_checkpoint_covers_or_is_spelled_otherwise_is_not_there(client, size, address):
    assert client.get(f"/log/{address}").status_code == 404


def test_before_the_first_checkpoint_there_is_no_log(client):
    assert client.get("/log/checkpoint").status_code == 404


def test_what_is_not_signed_yet_is_not_told(client, size):
    record("greet", make.user(), by=None)
    seal()
    assert client.get("/log/tile/entries/001.p/45").status_code == 404


def test_caches_keep_tiles_for_good_and_checkpoints_for_seconds(client, size):
    assert "immutable" in client.get("/log/tile/0/000")["Cache-Control"]
    checkpoint = client.get("/log/checkpoint")
    assert "max-age=5" in checkpoint["Cache-Control"]
    assert checkpoint["Content-Type"] == "text/plain; charset=utf-8"


def test_a_tile_costs_two_questions_and_tells_no_word_of_an_entry(client, size):
    with CaptureQueriesContext(connection) as seen:
        told = client.get("/log/tile/entries/000").content
    assert len(seen) == 2
    assert len(told) == 256 * 34
    assert bytes(Entry.objects.get(place=1).salt) not in told
