import logging

import pytest

from tests import make
from zaiti.accounts.actions import edit_organisation, register_organisation
from zaiti.core import Refused
from zaiti.core.text import LogLine, one_line, plain, tidy, words
from zaiti.ledger.chain import first_break, record
from zaiti.ledger.models import Entry

REFUSED = [
    "\x00",
    "\x0b",
    "\x1f",
    "\x7f",
    "\x85x"[:0] + "\x9b",
    "\u202e",
    "\u2066",
    "\u200f",
    "\ufffe",
    "\ud800",
]


@pytest.mark.parametrize("char", REFUSED)
def test_what_cannot_be_seen_and_does_harm_is_refused_with_its_place(char: str):
    with pytest.raises(Refused, match="Character 3 is a control character"):
        words(f"示例{char}协会")


@pytest.mark.parametrize("char", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060"])
def test_what_takes_no_room_is_left_out(char: str):
    assert words(f"示例{char}协会") == "示例协会"


def test_long_texts_keep_their_lines_and_names_have_one():
    assert tidy("一\r\n二\r三\u2028四", lines=True) == "一\n二\n三\n四"
    assert words("一\t二\n三", lines=True) == "一\t二\n三"
    assert words("一\t二") == "一 二"
    with pytest.raises(Refused, match="one line"):
        words("一\r\n二")


def test_ordinary_names_pass_unchanged():
    for name in ("示例（深圳）·王Ａ-1公司", "𠮷野家", "\ue000私", "Zoë & Söhne <GmbH> | #1", "é"):
        assert words(name) == name


def test_every_way_out_is_without_them_however_deep():
    assert plain({"a\x0b": ["x\x00y", {"b": "一\r\n二"}], "n": 1}) == {"a": ["xy", {"b": "一\n二"}], "n": 1}
    assert one_line("一\r\n二\x0b\u202e 三") == "一 二 三"


def test_an_action_refuses_a_name_that_came_past_the_form():
    person = make.user()
    with pytest.raises(Refused, match="control character"):
        register_organisation(
            by=person,
            uscc=make.credit_code(),
            name="示例\x0b协会",
            kind="enterprise",
            district=make.district(),
        )
    owner = make.applicant()
    with pytest.raises(Refused, match="one line"):
        edit_organisation(owner.organisation, by=owner, legal_person="王\n某")


def test_the_ledger_takes_any_text_and_its_separator_cannot_be_forged():
    unit = make.organisation()
    unit.name = "示例\x1f单位\x00"
    entry = record("edit_organisation", unit, by=None, said="a\x00b\x1f")
    assert (entry.thing_label, entry.facts) == ("示例单位", {"said": "ab"})
    assert first_break() is None
    assert Entry.objects.get().thing_label == "示例单位"


def test_a_log_line_stays_one_line():
    made = logging.LogRecord("x", logging.ERROR, "", 0, "at %s", ("/a\nERROR forged\x1b[2J",), None)
    assert LogLine("%(message)s").format(made) == "at /a\\nERROR forged\\x1b[2J"
