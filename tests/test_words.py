"""Every word of the interface has its Chinese, and every placeholder survives the translation."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import words  # a script, not a package

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]+\}")
HAN = re.compile(r"[\u4e00-\u9fff]")
SAME_IN_BOTH = {"English", "SHA-256", "SM3", "PDF", "OFD", "CSV", "XLSX", "API", "Zaiti"}


def translated() -> list[tuple[str, str]]:
    """Each msgid with its Chinese, plurals by their last form."""
    pairs = []
    for message in words.catalogue():
        if message.id:
            msgid = message.id[-1] if isinstance(message.id, tuple | list) else message.id
            text = message.string[-1] if isinstance(message.string, tuple | list) else message.string
            pairs.append((str(msgid), str(text)))
    return pairs


def test_every_msgid_of_the_source_has_its_chinese():
    assert words.lacking() == {}


def test_the_source_is_really_read():
    assert len(words.in_source()) > 800


def test_the_chinese_keeps_the_placeholders():
    changed = [
        (msgid, text)
        for msgid, text in translated()
        if set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(msgid))
    ]
    assert changed == []


def test_no_chinese_stands_in_a_msgid():
    assert [msgid for msgid in words.in_source() if HAN.search(msgid)] == []
