"""A pack as a file: written, read and written again it is the same, whatever its texts hold."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from zaiti.programmes.packs import Pack, PackInvalid, read_pack, write_pack

NAMES = ["luohu-2024", "shenzhen-2025"]
ODD = [
    "- 一",
    "# 不是注释",
    "a: b",
    "[1]",
    "123",
    "1.5",
    "null",
    "true",
    "yes",
    "~",
    "2024-01-01",
    "*x",
    "&a",
]
ODD += [
    "'",
    '"引"',
    "1e3",
    "0x1F",
    "!t",
    "%",
    "@",
    "|",
    "> 折",
    "尾: ",
    "\\n",
    "一\n二",
    "一\n\n  二\n三",
    "一\t二",
    "?0",
    ":0",
    "-0",
]
WORDS = st.sampled_from(ODD) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60
)


def readable(text: str) -> bool:
    return bool(text.strip()) and "{" not in text


def changed(name: str, **facts: Any) -> Pack:
    return Pack.model_validate(make.pack(name).model_dump(mode="json") | facts)


@pytest.mark.parametrize("name", NAMES)
def test_a_pack_of_ours_written_and_read_is_the_same(name):
    pack = make.pack(name)
    text = write_pack(pack)
    assert read_pack(text.encode(), "x.yaml") == pack
    assert write_pack(read_pack(text.encode(), "x.yaml")) == text


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_read_by_people(name):
    text = write_pack(make.pack(name))
    assert "    name: 罗湖区\n" in text
    assert "- {code: common-02, name: 营业执照/事业单位法人证书" in text
    assert "per_category_min_ratio: 0.6\n" in text
    assert "\\u" not in text


@pytest.mark.parametrize("word", ODD)
def test_an_odd_text_stands_within_a_line_of_values(word):
    apply = {"source": "N2", "text": word, "kinds": [{"code": "a", "name": word}]}
    pack = changed("luohu-2024", may_apply=apply)
    assert read_pack(write_pack(pack).encode(), "x.yaml") == pack


@given(st.lists(WORDS.filter(readable), min_size=6, max_size=6), st.integers(1, 400), st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_its_texts_and_numbers_are(words, number, data):
    titles = [{"title": words[0], "text": words[1]}, {"text": words[2]}]
    kinds = [{"code": "a", "name": words[3]}]
    steps = [{"code": "apply", "title": words[4], "text": words[5]}]
    days = str(data.draw(st.dates(date(2024, 1, 1), date(2100, 1, 1))))
    facts = {
        "work_requirements": titles,
        "may_apply": {"source": "N2", "text": words[0], "kinds": kinds},
        "steps": steps,
        "cap": number + 6,
        "publicity_days": number,
        "purpose": words[1],
        "closing": words[2],
        "report_deadline": days if days >= "2024-09-01" else None,
        "notice": make.pack().notice.model_dump(mode="json") | {"doc_number": words[3]},
        "types": [kind.model_dump(mode="json") | {"form": None} for kind in make.pack().types],  # sooner read
    }
    pack = changed("luohu-2024", **facts)
    text = write_pack(pack)
    assert read_pack(text.encode(), "x.yaml") == pack
    assert write_pack(read_pack(text.encode(), "x.yaml")) == text


@pytest.mark.parametrize(
    "bomb",
    [
        "k0: &k0 [x]\n" + "".join(f"k{n + 1}: &k{n + 1} [{', '.join([f'*k{n}'] * 9)}]\n" for n in range(8)),
        "a: " + "[" * 5000,
        "a: " + "[" * 400 + "]" * 400,
    ],
)
def test_a_file_that_swells_is_refused_in_a_sentence(bomb):
    with pytest.raises(PackInvalid) as no:
        read_pack(bomb.encode(), "x.yaml")
    assert "。" in no.value.errors[0].message
