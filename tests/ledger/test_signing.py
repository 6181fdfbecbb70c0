"""Notes against the examples of c2sp.org/signed-note and golang.org/x/mod/sumdb/note; RFC 8032."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from zaiti.ledger import signing, verify

SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = (
    f"{TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6"
    "KE6RyyBwJnAM=\n"
)
SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1E"
    "RYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# RFC 8032, section 7.1, tests 1 and 2: public key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595"
        "bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb43"
        "02aeeb00d291612bb0c00",
    ),
]


def test_our_notes_are_those_of_the_reference():
    signer = signing.read(SECRET)
    assert (signer.verifier(), signer.secret(), signer.sign(TEXT)) == (KEY, SECRET, NOTE)


@pytest.mark.parametrize(("key", "note"), [(KEY, NOTE), (SPEC_KEY, SPEC_NOTE)])
def test_notes_of_others_open(key, note):
    assert verify.opened(note, key) == note.split("\n\n")[0] + "\n"


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_signatures_of_the_rfc_hold_and_hold_for_nothing_else(key, message, signature):
    public, text, mark = (bytes.fromhex(part) for part in (key, message, signature))
    assert verify.signed_by(public, text, mark)
    assert not verify.signed_by(public, text + b"x", mark)
    assert not verify.signed_by(public, text, mark[:32] + bytes(32))
    assert not verify.signed_by(public, text, mark[:-1])


@pytest.mark.parametrize(
    "change", [("your", "our"), ("— Peter", "— Paul"), ("x08go", "x08gp"), ("JnAM", "JnAN")]
)
def test_a_changed_note_does_not_open(change):
    with pytest.raises(verify.Wrong):
        verify.opened(NOTE.replace(*change), KEY)


@pytest.mark.parametrize("written", ["", "PRIVATE+KEY+x", SECRET.replace("c74f", "c74e"), KEY])
def test_what_is_no_key_is_refused_in_a_sentence(written):
    with pytest.raises(ImproperlyConfigured, match="ZAITI_LOG_KEY"):
        signing.read(written)


def test_a_key_is_made_once_and_only_for_a_log_that_was_never_signed(settings, tmp_path):
    settings.DATA, settings.LOG_KEY = tmp_path, ""
    with pytest.raises(ImproperlyConfigured, match="log-key"):
        signing.own(may_make=False)
    made = signing.own(may_make=True)
    assert signing.own(may_make=False).secret() == made.secret()
    assert (tmp_path / "log-key").stat().st_mode & 0o777 == 0o600


def test_the_environments_key_comes_first(settings):
    settings.LOG_KEY = SECRET
    assert signing.own(may_make=False).verifier() == KEY
