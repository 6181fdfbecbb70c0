"""Facts once: texts name fields, and what they write out is held against the fields."""

from typing import Any

import pytest

from tests import make
from zaiti.notices.queries import warnings
from zaiti.programmes.actions import change_cap, open_year
from zaiti.programmes.models import Cycle
from zaiti.programmes.packs import Pack, PackInvalid, read_pack, write_pack
from zaiti.programmes.packs.differing import differences
from zaiti.programmes.packs.references import filled, referred
from zaiti.programmes.queries import policy

NAMES = ["luohu-2024", "shenzhen-2025"]


def facts(name: str = "shenzhen-2025", **changed: Any) -> dict[str, Any]:
    return make.pack(name).model_dump(mode="json") | changed


def written(given: dict[str, Any]) -> set[str]:
    return {one.written for one in differences(given)}


@pytest.mark.parametrize("name", NAMES)
def test_in_the_real_notices_nothing_differs(name):
    assert written(facts(name)) == set()


@pytest.mark.parametrize("name", NAMES)
def test_naming_fields_changes_no_word(name):
    assert filled(referred(facts(name))) == facts(name)
    assert "{年度}年度" in referred(facts(name))["purpose"]


def test_the_day_and_the_year_of_last_year_in_this_years_text_are_found():
    assert written(facts(year=2026, report_deadline="2026-07-10")) == {"2025年度", "2025年7月11日"}


def test_a_cap_that_was_changed_is_found_where_the_text_still_says_the_old_one():
    (found,) = differences(facts(cap=65))
    assert (found.at, found.written) == (("cap_text",), "63家")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公示7个工作日", "7个工作日"),
        ("候选名单公示期不少于3个工作日。", "3个工作日"),
        ("连续2年未从事培训", "连续2年"),
        ("装订成册（一式三份）", "一式三份"),
        ("根据粤人社规〔2021〕9号", "粤人社规〔2021〕9号"),
        ("请致电0755-25430000咨询", "0755-25430000"),
        ("报广州市人力资源和社会保障局", "广州市人力资源和社会保障局"),
        ("自2024年8月12日至25日18时", "2024年8月25日"),
    ],
)
def test_whatever_a_text_writes_out_is_held_against_the_fields(text, found):
    assert found in {one.written.removeprefix("根据") for one in differences(facts(closing=text))}


@pytest.mark.parametrize(
    "text",
    [
        "公示5个工作日",
        "{年度}年度",
        "请致电0755-82997829",
        "一式两份",
        "报深圳市人力资源和社会保障局",
        "2025年7月11日前",
    ],
)
def test_what_agrees_is_not_told(text):
    assert written(facts(closing=text)) == set()


def test_named_facts_follow_their_fields():
    changed = referred(facts()) | {"cap": 65, "year": 2026, "report_deadline": "2026-07-10"}
    read = filled(changed)
    assert "2026年度认定深圳市终身职业技能培训载体不超过65家" in read["cap_text"]
    assert any("于2026年7月10日前将候选名单" in step["text"] for step in read["steps"])
    assert written(changed) == set()


@pytest.mark.parametrize(
    ("text", "said"), [("{报送期线}", "没有“{报送期线}”"), ("{纸质材料地址}", "还没有填写")]
)
def test_a_name_that_stands_for_nothing_is_an_error_of_the_file(text, said):
    pack = Pack.model_validate(facts(closing=text))
    with pytest.raises(PackInvalid) as no:
        read_pack(write_pack(pack).encode(), "x.yaml")
    (error,) = no.value.errors
    assert (error.field, said in error.message) == ("closing", True)


def test_a_year_reads_the_cap_as_it_is_now():
    by = make.holder("officer", make.city())
    cycle = open_year(Pack.model_validate(referred(facts())), by=by)
    assert cycle.name == "2025年度深圳市终身职业技能培训载体认定"
    change_cap(cycle, by=by, cap=65)
    assert "不超过65家" in policy(Cycle.objects.get(pk=cycle.pk)).cap_text


def test_a_districts_call_is_warned_where_the_years_text_still_says_the_old_cap():
    by = make.holder("officer", make.city())
    cycle = open_year(make.pack("shenzhen-2025"), by=by)
    call = make.call(cycle=cycle, state="draft")
    assert not any("家" in one for one in warnings(call))
    change_cap(cycle, by=by, cap=65)
    assert any("63家" in one for one in warnings(make.call(cycle=cycle, authority=make.district("d1"))))


def test_a_year_is_read_once_however_many_texts_it_has():
    class Counted(dict[str, Any]):
        read = 0

        def items(self):
            self.read += 1
            return super().items()

    year = Counted(facts() | {"closing": [f"2025年8月{day}日前报送。" for day in range(1, 29)]})
    assert len(differences(year)) >= 28
    assert year.read == 1
