import re

import pytest
from pydantic import ValidationError

from tests.programmes.facts import FACTS, FILES, Fact, at
from zaiti.programmes.packs import Pack, load_pack


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {notice: load_pack(file) for notice, file in FILES.items()}


@pytest.mark.parametrize("fact", FACTS, ids=str)
def test_each_fact_of_the_notices_stands_in_its_pack(fact: Fact, packs: dict[str, Pack]) -> None:
    found = at(packs[fact.notice], fact.where)
    if fact.value is None:
        assert fact.words in str(found)
    else:
        assert found == fact.value


@pytest.mark.parametrize("fact", FACTS, ids=str)
def test_a_fact_stands_in_a_field_that_names_its_notice(fact: Fact, packs: dict[str, Pack]) -> None:
    block = packs[fact.notice]
    field = fact.where.split(".")[0]
    inner = getattr(block, re.sub(r"\[\d+\]", "", field))
    source = getattr(inner, "source", block.source_of(field))
    assert source == fact.notice


def test_no_fact_is_told_twice() -> None:
    assert len({(fact.notice, fact.key) for fact in FACTS}) == len(FACTS) >= 45


def test_the_opening_hour_is_marked_as_ours(packs: dict[str, Pack]) -> None:
    assert packs["N2"].windows[0].opening_hour_stated is False


def test_the_2025_pack_has_eleven_districts_and_leaves_quotas_to_the_city(packs: dict[str, Pack]) -> None:
    names = "福田区 罗湖区 盐田区 南山区 宝安区 龙岗区 龙华区 坪山区 光明区 大鹏新区 深汕特别合作区"
    districts = packs["N1"].districts
    assert [place.name for place in districts] == names.split()
    assert [place.quotas for place in districts] == [None] * 11


def test_sample_quotas_are_marked_and_leave_some_of_the_cap_unused(packs: dict[str, Pack]) -> None:
    samples = [place.sample_quotas for place in packs["N1"].districts]
    assert all(quotas is not None and quotas.sample for quotas in samples)
    assert sum(quotas.total for quotas in samples if quotas) == 60


@pytest.mark.parametrize("notice", FILES)
def test_what_the_attachments_held_is_marked_as_a_sample(notice: str, packs: dict[str, Pack]) -> None:
    for kind in packs[notice].types:
        assert kind.rubric.sample
        assert kind.materials.sample
        assert kind.rubric.source_of("pass_line") == "sample"


@pytest.mark.parametrize("notice", FILES)
def test_common_materials_come_first_in_every_type(notice: str, packs: dict[str, Pack]) -> None:
    lists = [[item.code for item in kind.materials.items] for kind in packs[notice].types]
    assert all(codes[:10] == [f"common-{number:02}" for number in range(1, 11)] for codes in lists)
    assert [len(codes) for codes in lists] == [17, 19, 16]


def test_our_own_rules_are_marked_as_defaults(packs: dict[str, Pack]) -> None:
    for pack in packs.values():
        assert {
            pack.source_of("acceptance_days"),
            pack.source_of("returns_allowed"),
            pack.scoring.source,
        } == {"D"}
        assert pack.source_of("publicity_days") == pack.source


def test_a_pack_finds_its_types_and_districts_by_code(packs: dict[str, Pack]) -> None:
    assert packs["N2"].type("studio").name == "技能大师工作室"
    assert packs["N1"].district("dapeng").name == "大鹏新区"


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_no_private_number_and_no_known_typo_is_in_a_pack(file) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    assert "WROD" not in text


def test_a_pack_goes_to_json_and_back_unchanged(packs: dict[str, Pack]) -> None:
    for pack in packs.values():
        assert Pack.model_validate(pack.model_dump(mode="json")) == pack


def test_a_pack_cannot_be_changed(packs: dict[str, Pack]) -> None:
    with pytest.raises(ValidationError):
        packs["N2"].cap = 7  # type: ignore[misc]  # that it is frozen is what this shows
