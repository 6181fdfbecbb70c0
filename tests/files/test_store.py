import hashlib

from tests import make


def test_bytes_are_kept_by_their_hash_and_never_twice():
    one, two = make.stored_file(b"same bytes"), make.stored_file(b"same bytes", name="另一个.pdf")
    assert one.sha256 == hashlib.sha256(b"same bytes").hexdigest()
    assert one.content.name == two.content.name
    assert one.content.read() == b"same bytes"
    assert (one.size, one.sm3) == (10, "")


def test_sm3_is_kept_beside_when_it_is_asked_for(settings):
    settings.FILE_HASH = "sm3"
    assert make.stored_file(b"abc").sm3 == hashlib.new("sm3", b"abc").hexdigest()
