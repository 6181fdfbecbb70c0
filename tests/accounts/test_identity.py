"""Numbers of identity documents: taken as people write them, refused with the part that looks wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from zaiti import clock
from zaiti.accounts.identity import Kind, normalise
from zaiti.core import Refused

EXAMPLE = "11010519491231002X"  # the worked example of GB 11643-1999


def number(area: str, born: str, order: str = "001") -> str:
    base = area + born + order
    return base + ric.calc_check_digit(base + "0")


@pytest.mark.parametrize(
    ("area", "born"),
    [
        ("321119", "19731030"),  # a county that went
        ("440307", "19700101"),  # one that is younger than the person
        ("440311", "20190101"),
        ("810000", "19800101"),
        ("820000", "19800101"),
        ("830000", "20000229"),
        ("999999", "19800101"),
    ],
)
def test_an_area_code_proves_nothing(area, born):
    assert normalise(number(area, born)) == number(area, born)


@pytest.mark.parametrize(
    "written",
    [
        "110105 19491231 002X",
        "110105-19491231-002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５　１９４９１２３１　００２ｘ",
        "110105—1949–1231‐002x",
        "\u200b110105\u00a019491231\u2009002X\ufeff",
        "11010519491231002×",
        "11010519491231002\u0445",  # Cyrillic
    ],
)
def test_groups_wide_and_small_signs_do_no_harm(written):
    assert normalise(written) == EXAMPLE


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("110105194912310021", "check digit"),
        ("11010519491331002X", "Characters 7 to 14"),
        ("110105194902310024", "date of birth"),
        ("110105209912310021", "date of birth"),
        ("11010S19491231002X", "Character 6, “S”"),
        ("11010519491231002A", "Character 18, “A”"),
        ("1101051949123100", "this one has 16"),
        ("110105491231002", "15 digits"),
        ("11010519491231002X0", "this one has 19"),
        ("E12345678", "choose that kind"),
        ("", "Please choose"),
        (" - ", "Please choose"),
    ],
)
def test_the_sentence_says_which_part_looks_wrong(written, part):
    with pytest.raises(Refused, match=part):
        normalise(written)


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (Kind.PASSPORT, "E12345678", "E12345678"),
        (Kind.PASSPORT, "ｅａ 123-4567", "EA1234567"),
        (Kind.PASSPORT, "533380006", "533380006"),
        (Kind.PASSPORT, "C01X00T47", "C01X00T47"),
        (Kind.HOME_RETURN, "h12345678", "H12345678"),
        (Kind.HOME_RETURN, "M1234567800", "M1234567800"),
        (Kind.TAIWAN, "12345678", "12345678"),
        (Kind.TAIWAN, "0123456789（B）", "0123456789(B)"),
        (Kind.TAIWAN, "T12345678", "T12345678"),
        (Kind.PERMANENT, number("911840", "19800101"), number("911840", "19800101")),
        (Kind.PERMANENT, "usa 4403 740209 01", "USA440374020901"),
        (Kind.RESIDENT, number("944156", "19991231"), number("944156", "19991231")),
    ],
)
def test_other_documents_have_their_own_rule(kind, written, kept):
    assert normalise(written, kind) == kept


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Kind.PASSPORT, "ABCDEFGH"),
        (Kind.PASSPORT, "1234"),
        (Kind.PASSPORT, "E123456789"),
        (Kind.PASSPORT, "护照123456"),
        (Kind.HOME_RETURN, "K12345678"),
        (Kind.TAIWAN, "123"),
        (Kind.PERMANENT, "USA440374130901"),
        (Kind.PERMANENT, "USA4403740209"),
        (Kind.PERMANENT, EXAMPLE),
        (Kind.PERMANENT, number("911840", "19800101")[:-1] + "?"),
        ("none", EXAMPLE),
    ],
)
def test_each_kind_refuses_what_can_not_be_one(kind, written):
    with pytest.raises(Refused):
        normalise(written, kind)


@given(st.text(max_size=40) | st.text("0123456789Xx 　-１Ａ(²٣", max_size=24), st.sampled_from(Kind.values))
def test_any_text_is_either_kept_or_refused_in_a_sentence(text, kind):
    try:
        kept = normalise(text, kind)
    except Refused:
        return
    assert normalise(kept, kind) == kept


@given(st.integers(0, 999999), st.dates(date(1900, 1, 1), date(2025, 12, 31)), st.integers(0, 999))
def test_every_number_with_a_date_and_its_check_digit_is_taken(area, born, order):
    whole = number(f"{area:06}", f"{born:%Y%m%d}", f"{order:03}")
    assert normalise(whole) == whole
    assert born <= clock.today()
