"""The call's text against the two real notices, fact by fact."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests import make
from tests.programmes.facts import LUOHU, SHENZHEN, Fact
from zaiti import clock
from zaiti.notices.actions import draft_call, prepare_call, publish_call
from zaiti.notices.models import Call
from zaiti.notices.queries import defaults
from zaiti.notices.sources import gather
from zaiti.notices.text import call_body, paragraphs, published_body, window_words
from zaiti.programmes.actions import open_year, set_quotas
from zaiti.programmes.queries import sample_places

ZONE = ZoneInfo("Asia/Shanghai")
# Told by the page round the text, from the bureau's own counters and files.
NOT_OURS = {
    "N2 index number": "the number itself is the bureau's next one; its pattern is checked below",
    "N2 view count": "counted anew by the page",
    "N2 first OFD": "the attachment is named in the text; its OFD file is not to be had",
    "N2 second OFD": "the attachment is named in the text; its OFD file is not to be had",
    "N2 made on": "metadata, in table form; checked below",
    "N2 published on": "metadata, in table form; checked below",
    "N2 publisher's USCC": "metadata; checked below",
}
# What the city's notice tells its districts; a district's call to applicants doesn't repeat it.
TO_DISTRICTS = {
    "N1 addressees",
    "N1 made on",
    "N1 call deadline",
    "N1 step: call",
    "N1 rubric adaptable",
    "N1 work: leadership",
    "N1 work: publicity",
    "N1 work: third parties",
    "N1 phone",
    "N1 first attachment",  # a district carries its own lists and rubrics instead
    "N1 second attachment",
}


def drafted(pack, code, **fields):
    by = make.holder("officer", make.city())
    cycle = open_year(make.pack(pack), by=by)
    district = cycle.districts.get(code=code)
    set_quotas(cycle, by=by, places=sample_places(cycle))
    officer = make.holder("officer", district)
    given = defaults(cycle, district) | {"types": list(cycle.types.all())} | fields
    return draft_call(cycle, district, by=officer, **given)


@pytest.fixture
def luohu():
    with clock.at(datetime(2024, 7, 29, 9, tzinfo=ZONE)):
        call = drafted("luohu-2024", "luohu")
        prepare_call(call, by=make.holder("officer", call.authority))
        publish_call(call, by=make.holder("approver", call.authority))
        return call


@pytest.fixture
def futian():
    window = {
        "opens_at": datetime(2025, 5, 19, 9, tzinfo=ZONE),
        "closes_at": datetime(2025, 6, 6, 18, tzinfo=ZONE),
        "contact_phone": "00000000",
    }
    with clock.at(datetime(2025, 5, 14, 9, tzinfo=ZONE)):
        return drafted("shenzhen-2025", "futian", **window)


def test_luohus_published_call_tells_every_fact_of_its_notice(luohu):
    shown = " ".join([call_body(luohu), luohu.publication.title, luohu.publication.keywords])
    missing = [str(fact) for fact in LUOHU if str(fact) not in NOT_OURS and fact.words not in shown]
    assert missing == []
    assert len([fact for fact in LUOHU if str(fact) not in NOT_OURS]) >= 50


def test_its_metadata_are_as_the_notice_has_them(luohu):
    facts = {fact.key: fact for fact in LUOHU}
    text = luohu.publication
    assert text.made_on == facts["made on"].value
    assert text.published_at.astimezone(ZONE).date() == facts["published on"].value
    code = facts["publisher's USCC"].words
    assert text.index_number == f"{code}/2024-00001"
    assert text.authority.name == facts["publisher"].words


@pytest.mark.parametrize("fact", [f for f in SHENZHEN if str(f) not in TO_DISTRICTS], ids=str)
def test_a_districts_call_of_2025_tells_the_citys_facts(fact: Fact, futian):
    assert fact.words.replace("我市依法", "我区依法") in call_body(futian)


@pytest.mark.parametrize(("code", "here"), [("futian", "我区"), ("dapeng", "新区"), ("shenshan", "合作区")])
def test_each_place_speaks_of_itself_in_its_own_words(code, here):
    with clock.at(datetime(2025, 5, 14, 9, tzinfo=ZONE)):
        opens, closes = datetime(2025, 5, 19, 9, tzinfo=ZONE), datetime(2025, 6, 6, 18, tzinfo=ZONE)
        body = call_body(drafted("shenzhen-2025", code, opens_at=opens, closes_at=closes))
    assert f"{here}依法设立的企业" in body
    assert f"其中，{here}不超过" in body
    assert f"现就2025年度{here}终身职业技能培训载体认定" in body
    assert here == "我区" or "我区" not in body


def test_no_annex_is_referred_to_that_the_call_does_not_carry(futian):
    body = published_body(futian)
    named = re.findall(r"^(?:附件：)?(\d)\\?\.(.+?)\s*$", body, re.MULTILINE)
    assert [number for number, _title in named] == list("123456")
    assert all(f"## {title}" in body for _number, title in named)
    assert "见附件" not in body
    assert "认定计划" not in body.split("附件：")[1]


def test_luohus_order_and_headings_are_the_notices(luohu):
    heads = [para.text for para in paragraphs(gather(luohu)) if para.kind in ("sec", "sub")]
    assert heads == [
        "一、认定载体类型",
        "二、申报对象",
        "三、认定名额",
        "四、认定流程",
        "（一）申报时间",
        "（二）申报",
        "（三）受理",
        "（四）评审",
        "（五）公示",
        "（六）结果发布",
        "五、其他工作要求",
    ]
    assert call_body(luohu).endswith("深圳市罗湖区人力资源局  \n2024年7月29日")


def test_luohus_steps_are_the_packs_words_to_the_letter(luohu):
    body = call_body(luohu)
    for step in make.pack("luohu-2024").steps:
        assert step.text in body
    assert make.pack("luohu-2024").cap_text in body


def test_a_districts_own_share_and_time_are_told(futian):
    body = call_body(futian)
    share = "高技能人才培训基地3家，技能大师工作室3家，乡村振兴技能工作站1家"
    assert f"其中，我区不超过7家（{share}）【样例】。" in body
    assert "2025年5月19日9时至6月6日18时。" in body
    assert "要求，现就2025年度我区终身职业技能培训载体认定有关工作事宜通知如下：" in body
    assert "（联系单位：深圳市福田区人力资源局；联系电话：00000000）" in body


def test_a_district_without_places_refers_to_the_citys_plan(futian):
    futian.cycle.quotas.filter(authority=futian.authority).update(places=0)
    assert "我区名额以市人力资源部门下达的认定计划为准。" in call_body(futian)


def test_paper_copies_follow_the_calls_own_switch(futian, luohu):
    assert "纸质材料" not in call_body(futian)
    futian.paper_required, futian.paper_copies, futian.contact_address = True, 3, "示例路1号"
    asked = call_body(futian)
    assert "申报材料的形式为电子扫描件（PDF格式）和纸质材料，" in asked
    assert "A4纸装订成册（一式三份），编制目录和页码，提交至示例路1号（联系电话：00000000）。" in asked
    luohu.paper_required = False
    assert "纸质" not in call_body(luohu).split("（三）受理")[0]


def test_the_districts_own_requirements_come_last_of_the_section(futian):
    futian.requirements = "请提前预约。\n\n咨询时间为工作日。"
    paras = [para.text for para in paragraphs(gather(futian))]
    at = paras.index("请提前预约。")
    assert paras[at - 1].startswith("人力资源部门对终身职业技能培训载体进行跟踪管理")
    assert paras[at + 1 : at + 3] == ["咨询时间为工作日。", "特此通知。"]


def test_the_published_text_holds_rubrics_scoring_rule_tie_order_and_materials_marked_as_samples(luohu):
    body = published_body(luohu)
    assert "## 高技能人才培训基地评审细则【样例】" in body
    assert "## 乡村振兴技能工作站申报材料清单【样例】" in body
    assert "| 培训规模与质量 | 近一年培训人次 | 12 | 分档计分，以台账+签到/系统记录核验 |" in body
    assert "专家不足5人的，总分取平均分；5人及以上的，去掉一个最高分和一个最低分后取平均分" in body
    assert "依次比较“培训规模与质量”、“示范作用与产业契合”得分；仍相同的，由评审组表决" in body
    assert "达标线65分" in body


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        ("2024-08-12T00:00", "2024-08-25T18:00", "2024年8月12日至25日18时"),
        ("2025-05-19T09:00", "2025-06-06T17:30", "2025年5月19日9时至6月6日17时30分"),
        ("2024-12-20T00:00", "2025-01-10T18:00", "2024年12月20日至2025年1月10日18时"),
        ("2024-08-12T00:00", "2024-08-26T00:00", "2024年8月12日至25日24时"),
    ],
)
def test_a_window_is_written_as_the_notices_write_it(opens, closes, words):
    moments = [datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (opens, closes)]
    assert window_words(*moments) == words


def test_a_mean_rule_is_told_as_such(futian):
    make.restate(futian.cycle, scoring=futian.cycle.policy["scoring"] | {"rule": "mean"})
    assert "总分取全体专家评分的平均分" in published_body(Call.objects.get(pk=futian.pk))
