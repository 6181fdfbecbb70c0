import pytest

from zaiti.accounts.uscc import normalise
from zaiti.core import Refused

GOOD = "91110000600037341L"


@pytest.mark.parametrize(
    "text",
    [GOOD, "91110000 6000 3734 1l", "91110000-600037341L", "９１１１００００600037341Ｌ", f" {GOOD}\n"],
)
def test_every_way_of_writing_a_code_comes_to_one_spelling(text):
    assert normalise(text) == GOOD


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("9111000060003734IL", "17"),
        ("91110000600037341", "17"),
        ("911100006000373410L", "19"),
        ("91A10000600037341L", "3"),
        ("91110000600037341M", "最后|last"),
        ("91110000600073341L", "最后|last"),
        ("", "0"),
    ],
)
def test_a_bad_code_is_refused_with_what_is_wrong_and_where(text, sentence):
    with pytest.raises(Refused, match=sentence):
        normalise(text)
