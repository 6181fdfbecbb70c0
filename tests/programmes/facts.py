"""The facts of the two notices, in their own words, and where each stands in its pack."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from zaiti.programmes.packs import Pack

POLICIES = Path(__file__).parents[2] / "policies"
FILES = {"N1": POLICIES / "shenzhen-2025.yaml", "N2": POLICIES / "luohu-2024.yaml"}
BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Fact:
    """A fact: the notice's words, and the place in the pack that holds the words, or their value."""

    key: str
    words: str
    notice: str
    where: str
    value: object = None

    def __str__(self) -> str:
        return f"{self.notice} {self.key}"


def at(pack: Pack, where: str) -> object:
    """What stands at a place such as `types[1].rubric.pass_line`."""
    thing: object = pack
    for key in re.findall(r"[a-z_0-9]+", where):
        thing = thing[int(key)] if isinstance(thing, tuple) else getattr(thing, key)
    return thing


LUOHU = [
    Fact("index number", "114403035731270177/2024-00424", "N2", "disclosure.index_number"),
    Fact("publisher", "深圳市罗湖区人力资源局", "N2", "disclosure.publisher"),
    Fact("publisher's USCC", "114403035731270177", "N2", "districts[0].uscc"),
    Fact("made on", "2024-07-29", "N2", "disclosure.made_on", date(2024, 7, 29)),
    Fact("published on", "2024-07-29", "N2", "disclosure.published_on", date(2024, 7, 29)),
    Fact(
        "title",
        "深圳市罗湖区人力资源局关于开展2024年度终身职业技能培训载体认定工作的通知",
        "N2",
        "disclosure.title",
    ),
    Fact("keyword: carrier", "终身职业技能培训载体", "N2", "disclosure.keywords[0]"),
    Fact("keyword: recognition", "认定工作", "N2", "disclosure.keywords[1]"),
    Fact("keyword: notice", "通知", "N2", "disclosure.keywords[2]"),
    Fact("view count", "270", "N2", "disclosure.view_count", 270),
    Fact(
        "first OFD",
        "附件1.深圳市终身职业技能培训载体认定和奖补管理办法.ofd",
        "N2",
        "disclosure.attachments[0].file",
    ),
    Fact("second OFD", "附件2.终身职业技能培训载体认定评审细则.ofd", "N2", "disclosure.attachments[1].file"),
    Fact("addressees", "各相关单位", "N2", "notice.addressees"),
    Fact("purpose", "健全终身职业技能培训制度，加强新时代高技能人才队伍建设", "N2", "purpose"),
    Fact("basis", "《深圳市终身职业技能培训载体认定和奖补管理办法》", "N2", "basis.name"),
    Fact("basis number", "深人社规〔2022〕13号", "N2", "basis.number"),
    Fact("type: base", "高技能人才培训基地", "N2", "types[0].name"),
    Fact(
        "definition: base",
        "高技能人才培训基地是面向本单位员工或社会劳动者、预备就业人员开展技能培训，承担技能培训、课程研发、技能交流、"
        "工匠精神传播等任务，具备较大培训规模和示范效应的技能人才培养载体。",
        "N2",
        "types[0].definition",
    ),
    Fact(
        "focus: base",
        "2024年度将聚焦我市先进制造业等“20+8”产业集群发展需要和数字经济等新业态高技能人才需求",
        "N2",
        "types[0].focus",
    ),
    Fact("type: studio", "技能大师工作室", "N2", "types[1].name"),
    Fact(
        "definition: studio",
        "技能大师工作室是由技能大师开展技艺传承、技术攻关、技能交流等活动的高技能人才培养载体。",
        "N2",
        "types[1].definition",
    ),
    Fact(
        "focus: studio",
        "2024年度将围绕制造业当家、粤港澳大湾区高水平人才高地建设等重大部署",
        "N2",
        "types[1].focus",
    ),
    Fact("type: station", "乡村振兴技能工作站", "N2", "types[2].name"),
    Fact(
        "definition: station",
        "乡村振兴技能工作站是采取集中培训、送课上门、线上教学等方式开展涉农技能培训、技术推广、技能帮扶活动，"
        "或面向农村转移就业劳动者开展就业技能培训的技能人才培养载体。",
        "N2",
        "types[2].definition",
    ),
    Fact("focus: station", "“百县千镇万村高质量发展工程”", "N2", "types[2].focus"),
    Fact(
        "who may apply",
        "我区依法设立的企业、行业协会、职业培训机构、高等学校、职业院校（含技工院校）以及承担职业培训职能的其他事业单位。",
        "N2",
        "may_apply.text",
    ),
    Fact("cap", "不超过6家", "N2", "cap", 6),
    Fact("quota: base", "高技能人才培训基地3家", "N2", "districts[0].quotas.base", 3),
    Fact("quota: studio", "技能大师工作室2家", "N2", "districts[0].quotas.studio", 2),
    Fact("quota: station", "乡村振兴技能工作站1家", "N2", "districts[0].quotas.station", 1),
    Fact("window", "2024年8月12日至25日18时", "N2", "windows[0].text"),
    Fact("opens", "2024年8月12日", "N2", "windows[0].opens_at", datetime(2024, 8, 12, tzinfo=BEIJING)),
    Fact("closes", "25日18时", "N2", "windows[0].closes_at", datetime(2024, 8, 25, 18, tzinfo=BEIJING)),
    Fact("portal", "广东政务服务网", "N2", "portal.name"),
    Fact("portal item", "深圳市终身职业技能培训载体认定", "N2", "portal.item"),
    Fact("portal button", "在线办理", "N2", "portal.button"),
    Fact("scans", "电子扫描件（PDF格式）", "N2", "material_rules.rules[0].text"),
    Fact("sealed first", "扫描前需加盖公章", "N2", "material_rules.rules[1].text"),
    Fact("clear, whole, straight", "扫描件必须清晰明辨、不缺页、不歪斜", "N2", "material_rules.text"),
    Fact("named", "每个文件必须按对应材料名称命名", "N2", "material_rules.rules[5].text"),
    Fact("paper size", "A4纸", "N2", "paper.size", "A4"),
    Fact("two copies", "一式两份", "N2", "paper.copies", 2),
    Fact("bound", "装订成册", "N2", "paper.bound", True),
    Fact("contents and page numbers", "编制目录和页码", "N2", "paper.text"),
    Fact("address", "罗湖区沿河北路2019号2号楼204室", "N2", "paper.address"),
    Fact("phone", "25438355", "N2", "contact.phone"),
    Fact("electronic copy", "扫描成一份文件，以申报单位名称命名", "N2", "paper.electronic.text"),
    Fact(
        "same order",
        "电子版材料顺序与纸质版材料及系统申报材料的装订顺序一致",
        "N2",
        "paper.electronic.text",
    ),
    Fact("step: window", "申报时间", "N2", "steps[0].title"),
    Fact("step: apply", "申报单位按照文件要求（见附件）编制申报材料", "N2", "steps[1].text"),
    Fact("step: accept", "申报材料齐全的，区人力资源部门应当受理", "N2", "steps[2].text"),
    Fact("step: correct", "应当通知补正材料", "N2", "steps[2].text"),
    Fact("step: visit", "尽快组织专家完成实地考察和评审工作", "N2", "steps[3].text"),
    Fact(
        "step: discuss, then score",
        "应当在充分讨论基础上，由专家对申报单位进行评审打分",
        "N2",
        "steps[3].text",
    ),
    Fact("publicity days", "向社会公示5个工作日", "N2", "publicity_days", 5),
    Fact("step: report", "将候选名单书面报市人力资源保障局", "N2", "steps[4].text"),
    Fact("step: result", "统一公布2024年度新认定终身职业技能培训载体名单", "N2", "steps[5].text"),
    Fact("follow-up", "发现不能履行职责的，将通知改正", "N2", "followup.text"),
    Fact("ground: fraud", "以弄虚作假、欺骗手段等手段获得认定的", "N2", "followup.grounds[0].text"),
    Fact("ground: lost contact", "失联", "N2", "followup.grounds[1].text"),
    Fact("ground: relocated", "外迁", "N2", "followup.grounds[2].text"),
    Fact("ground: unable", "无法继续正常开展培训活动", "N2", "followup.grounds[3].text"),
    Fact("ground: idle", "连续3年未从事相关培训活动", "N2", "followup.grounds[4].text"),
    Fact("three years", "连续3年", "N2", "followup.years_without_training", 3),
    Fact("closing", "特此通知。", "N2", "closing"),
]

SHENZHEN = [
    Fact("document number", "深人社函〔2025〕48号", "N1", "notice.doc_number"),
    Fact(
        "title",
        "深圳市人力资源和社会保障局关于开展2025年度终身职业技能培训载体认定工作的通知",
        "N1",
        "notice.title",
    ),
    Fact(
        "addressees",
        "各区人力资源局，大鹏新区、深汕特别合作区统战和社会建设局，各相关单位",
        "N1",
        "notice.addressees",
    ),
    Fact("made on", "2025年4月28日", "N1", "notice.made_on", date(2025, 4, 28)),
    Fact("basis number", "深人社规〔2022〕13号", "N1", "basis.number"),
    Fact("further basis", "《关于推动技能强企工作的指导意见》", "N1", "further_basis[0].name"),
    Fact("further basis number", "人社部发〔2025〕3号", "N1", "further_basis[0].number"),
    Fact(
        "focus: base",
        "2025年度将聚焦我市“20+8”产业集群、先进制造业、现代服务业等重点产业发展需要",
        "N1",
        "types[0].focus",
    ),
    Fact("focus: studio", "2025年度将围绕制造业当家", "N1", "types[1].focus"),
    Fact("focus: station", "新产业工人职业技能提升等工作部署", "N1", "types[2].focus"),
    Fact("who may apply", "我市依法设立的企业、行业协会、职业培训机构、高等学校", "N1", "may_apply.text"),
    Fact("cap", "不超过63家", "N1", "cap", 63),
    Fact("industries", "侧重于人工智能、机器人、低空经济与空天、大健康等“20+8”产业集群", "N1", "cap_text"),
    Fact("call deadline", "2025年5月15日前", "N1", "call_deadline", date(2025, 5, 15)),
    Fact(
        "step: call", "向社会公开发布申报通知，明确申报时间和工作要求，并公布评审细则", "N1", "steps[0].text"
    ),
    Fact("rubric adaptable", "各区可结合实际调整", "N1", "rubric_adaptable", True),
    Fact("scans", "扫描件必须清晰明辨、不缺页、不歪斜，并加盖公章", "N1", "material_rules.text"),
    Fact("step: apply", "在各区申报截止日期前，申报单位登录“广东政务服务网”", "N1", "steps[1].text"),
    Fact("step: accept", "申报材料不齐全或者不符合法定形式的，应当通知补正材料", "N1", "steps[2].text"),
    Fact("step: review", "依据专家评审意见确定候选名单", "N1", "steps[3].text"),
    Fact("publicity days", "公示5个工作日", "N1", "publicity_days", 5),
    Fact("report deadline", "于2025年7月11日前", "N1", "report_deadline", date(2025, 7, 11)),
    Fact("step: result", "统一公布2025年度新认定终身职业技能培训载体名单", "N1", "steps[5].text"),
    Fact("work: leadership", "加强组织领导", "N1", "work_requirements[0].title"),
    Fact("work: publicity", "做好宣传发动和申报指引", "N1", "work_requirements[1].text"),
    Fact("work: third parties", "各区可通过购买第三方服务等方式", "N1", "work_requirements[2].text"),
    Fact("first attachment", "2025年度深圳市终身职业技能培训载体认定计划", "N1", "attachments[0].title"),
    Fact("second attachment", "终身职业技能培训载体认定评审细则", "N1", "attachments[1].title"),
    Fact("phone", "82997829", "N1", "contact.phone"),
]

FACTS = [*LUOHU, *SHENZHEN]
