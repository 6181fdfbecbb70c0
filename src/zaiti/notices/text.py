"""A call's full text in the notices' wording and order, from the year's policy and the call's fields."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db.models import prefetch_related_objects
from django.utils import timezone

from zaiti import clock
from zaiti.core.markdown import cell, escape
from zaiti.notices.models import Call
from zaiti.notices.sources import Source, gather
from zaiti.programmes.models import CarrierType, Cycle, Rubric
from zaiti.programmes.packs import Pack
from zaiti.programmes.packs.programme import recognised

NUMERALS = "一二三四五六七八九十"
COPIES = "零一两三四五六七八九十"
SAMPLE = "【样例】"
TIE_WORDS = {"panel_vote": "由评审组表决", "award_fewer": "仍不能确定的，减少认定数量"}
# Steps that a city notice asks of its districts, and the one that the call's own window fills.
NOT_VERBATIM = ("call", "window")
CITYS_ANNEX = re.compile(r"（见附件\d*[^（）]*）")


@dataclass(frozen=True)
class Para:
    """One paragraph of a notice; the rows belong to tables, a label begins an attachment's first page, and a
    link alone is Markdown already."""

    kind: Literal["to", "sec", "sub", "text", "attachments", "sign", "label", "annex", "table", "link"]
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


def call_body(call: Call) -> str:
    """The notice itself, as Markdown."""
    return markdown(paragraphs(gather(call)))


def published_body(call: Call) -> str:
    """The notice with its attachments: rubrics, scoring rule and material lists."""
    return markdown(_whole(gather(call)))


def unsigned_body(source: Source) -> str:
    """All of it but the signature and its date: what versions are compared by."""
    return markdown([para for para in _whole(source) if para.kind != "sign"])


def markdown(paras: list[Para]) -> str:
    """Write paragraphs as Markdown."""
    return "\n\n".join(_markdown(para) for para in paras)


def paragraphs(source: Source) -> list[Para]:
    """The notice, paragraph by paragraph, in the order of the two real ones [N1][N2]."""
    pack = source.pack
    parts = [
        _types(source),
        [Para("text", _may_apply(source))],
        _quotas(source),
        _steps(source),
        _requirements(source),
    ]
    body = [
        para
        for n, (heading, inside) in enumerate(zip(_headings(pack), parts, strict=True))
        for para in (Para("sec", f"{NUMERALS[n]}、{heading}"), *inside)
    ]
    return [Para("to", "各相关单位："), Para("text", _purpose(source)), *body, *_ending(source)]


def moment_words(moment: datetime) -> str:
    """2024年8月25日18时; midnight is 24时 of the day that ends."""
    at = timezone.localtime(moment)
    return f"{date_words(at)}{_hour(at)}" if _hour(at) else f"{date_words(at - timedelta(days=1))}24时"


def window_words(opens_at: datetime, closes_at: datetime) -> str:
    """2024年8月12日至25日18时: what is the same as before is not said again, nor the hour of a whole day."""
    first, last = timezone.localtime(opens_at), timezone.localtime(closes_at)
    hour = _hour(last)
    if not hour:
        last, hour = last - timedelta(days=1), "24时"
    year = "" if last.year == first.year else f"{last.year}年"
    month = "" if (last.year, last.month) == (first.year, first.month) else f"{last.month}月"
    return f"{date_words(first)}{_hour(first)}至{year}{month}{last.day}日{hour}"


def call_facts(call: Call) -> dict[str, object]:
    """The same paragraphs for the letter (notices/papers/call.typ)."""
    return {"paragraphs": [{"kind": p.kind, "text": p.text, "rows": p.rows} for p in _whole(gather(call))]}


def annexes(source: Source) -> list[Para]:
    """What experts judge by and what applicants hand in, as tables; samples say so."""
    prefetch_related_objects(source.rubrics, "criteria")
    prefetch_related_objects(source.kinds, "materials")
    pairs = zip(source.kinds, source.rubrics, strict=True)
    cycle = source.call.cycle
    return [
        para
        for kind, rubric in pairs
        for para in (*judged_by(kind, rubric, source.pack, cycle), *_materials(kind))
    ]


def _whole(source: Source) -> list[Para]:
    return [*paragraphs(source), *annexes(source)]


def _headings(pack: Pack) -> tuple[str, ...]:
    said = pack.headings
    return (said.types, said.may_apply, said.quotas, said.steps, said.work_requirements)


def _purpose(source: Source) -> str:
    pack = source.pack
    if pack.level == "district":
        return pack.purpose
    number = f"（{source.city_number}）" if source.city_number else ""
    head, _now, tail = pack.purpose.rpartition("有关规定，现就")
    return f"{head}有关规定和《{pack.notice.title}》{number}要求，现就{tail.replace('我市', _here(source))}"


def _may_apply(source: Source) -> str:
    said = source.pack.may_apply.text
    return said if source.pack.level == "district" else said.replace("我市", _here(source))


def _here(source: Source) -> str:
    return source.pack.called(source.call.authority.code)


def _own_words(pack: Pack, text: str) -> str:
    """A district's call doesn't refer to what is attached to the city's notice alone."""
    return text if pack.level == "district" else CITYS_ANNEX.sub("", text)


def _types(source: Source) -> list[Para]:
    return [
        Para("text", words)
        for n, kind in enumerate(source.kinds)
        for words in (f"（{NUMERALS[n]}）{kind.name}。{kind.definition}", kind.focus)
    ]


def _quotas(source: Source) -> list[Para]:
    pack = source.pack
    cap, here = _own_words(pack, pack.cap_text), _here(source)
    opening, own, _rest = cap.partition("我区")
    if not source.places:
        return [Para("text", f"{cap}{here}名额以市人力资源部门下达的认定计划为准。")]
    listed = "，".join(f"{kind.name}{number}家" for kind, number in source.places)
    total = sum(number for _kind, number in source.places)
    if own:
        said = f"{opening}{here}{pack.year}年度认定{recognised(pack)}不超过{total}家（{listed}）。"
    else:
        mark = SAMPLE if source.places_are_sample else ""
        said = f"{cap}其中，{here}不超过{total}家（{listed}）{mark}。"
    return [Para("text", said)]


def _steps(source: Source) -> list[Para]:
    call, pack = source.call, source.pack
    steps = [("申报时间", f"{window_words(call.opens_at, call.closes_at)}。")]
    for step in pack.steps:
        if step.code not in NOT_VERBATIM:
            said = _own_words(pack, step.text)
            steps.append((step.title, _apply(said, call, pack) if step.code == "apply" else said))
    return [
        para
        for n, (title, text) in enumerate(steps)
        for para in (Para("sub", f"（{NUMERALS[n]}）{title}"), Para("text", text))
    ]


def _apply(text: str, call: Call, pack: Pack) -> str:
    head = text.partition(pack.paper.text)[0] if pack.paper.text else text
    if not call.paper_required:
        return head.replace("和纸质材料", "")
    if "纸质材料" not in head:
        head = head.replace("电子扫描件（PDF格式）", "电子扫描件（PDF格式）和纸质材料", 1)
    return head + _paper(call, pack)


def _paper(call: Call, pack: Pack) -> str:
    phone = f"（联系电话：{call.contact_phone}）" if call.contact_phone else ""
    also = f"，并同时提交{pack.paper.electronic.text}" if pack.paper.electronic else ""
    copies = COPIES[call.paper_copies] if call.paper_copies < len(COPIES) else str(call.paper_copies)
    return (
        f"纸质材料必须清晰明辨，{pack.paper.size}纸装订成册（一式{copies}份），编制目录和页码，"
        f"提交至{call.contact_address}{phone}{also}。"
    )


def _requirements(source: Source) -> list[Para]:
    call, pack = source.call, source.pack
    # What a city notice asks here, it asks of the districts; a call tells applicants of follow-up instead.
    asked = [(item.title, item.text) for item in pack.work_requirements] if pack.level == "district" else []
    asked = asked or [(None, pack.followup.text)]
    own = [(None, part.strip()) for part in call.requirements.split("\n\n") if part.strip()]
    return [
        Para("text", f"（{NUMERALS[n]}）{title}。{text}" if title else text)
        for n, (title, text) in enumerate([*asked, *own])
    ]


def _ending(source: Source) -> list[Para]:
    call, pack = source.call, source.pack
    attached = "\n".join(f"{number}.{title}" for number, title in _attached(source))
    made = timezone.localtime(call.published_at) if call.published_at else clock.now()
    signed = Para("sign", f"{call.authority.name}\n{date_words(made)}")
    contact = _contact(call)
    return [
        Para("text", pack.closing),
        *([Para("attachments", f"附件：{attached}")] if attached else []),
        signed,
        *([Para("text", contact)] if contact and not call.paper_required else []),
    ]


def _attached(source: Source) -> list[tuple[int, str]]:
    """What a district's own notice names; else what stands below, for the city's annexes don't."""
    if source.pack.level == "district":
        return [(item.number, item.title) for item in source.pack.attachments]
    return list(enumerate((para.text for para in annexes(source) if para.kind == "annex"), 1))


def _contact(call: Call) -> str:
    said = {"联系单位": call.contact_office, "联系电话": call.contact_phone, "地址": call.contact_address}
    told = "；".join(f"{label}：{value}" for label, value in said.items() if value)
    return f"（{told}）" if told else ""


def judged_by(kind: CarrierType, rubric: Rubric, pack: Pack, cycle: Cycle) -> list[Para]:
    """One type's rubric as a table, with the rules for its points."""
    lines = list(rubric.criteria.all())
    rows = [(line.category, line.name, _plain(line.points), line.note) for line in lines]
    return [
        Para("annex", f"{kind.name}评审细则{SAMPLE if rubric.sample else ''}"),
        Para("table", "", (("类别", "指标", "分值", "评分说明"), *rows)),
        Para("text", _lines_to_reach(rubric)),
        Para("text", _scoring(pack, cycle)),
        Para("text", _ties({line.category for line in lines}, cycle.tie_order)),
    ]


def _lines_to_reach(rubric: Rubric) -> str:
    line, share = _plain(rubric.pass_line), _plain(rubric.category_min_ratio * 100)
    return f"满分100分，达标线{line}分；每一类别得分不低于该类别分值的{share}%。未达标的不列入候选名单。"


def _scoring(pack: Pack, cycle: Cycle) -> str:
    rule, few = pack.scoring, cycle.trim_from
    places = f"结果保留{rule.decimals}位小数。"
    if rule.rule == "mean":
        return f"总分取全体专家评分的平均分，{places}"
    return f"专家不足{few}人的，总分取平均分；{few}人及以上的，去掉一个最高分和一个最低分后取平均分，{places}"


def _ties(categories: set[str], order: list[str]) -> str:
    compared = "、".join(f"“{key}”" for key in order if key in categories)
    then = [TIE_WORDS[key] for key in order if key in TIE_WORDS]
    first = [f"依次比较{compared}得分"] if compared else []
    steps = "；仍相同的，".join([*first, *then[:1]])
    return f"名额末位总分相同的，{'；'.join([steps, *then[1:]])}。"


def _materials(kind: CarrierType) -> list[Para]:
    asked = list(kind.materials.all())
    rows = [(str(n), m.name, "必交" if m.required else "选交", m.note) for n, m in enumerate(asked, 1)]
    mark = SAMPLE if any(item.sample for item in asked) else ""
    return [
        Para("annex", f"{kind.name}申报材料清单{mark}"),
        Para("table", "", (("序号", "材料名称", "要求", "说明"), *rows)),
    ]


def _markdown(para: Para) -> str:
    if para.kind in ("sec", "label", "annex"):
        return f"## {cell(para.text)}"
    if para.kind == "sub":
        return f"### {cell(para.text)}"
    if para.kind == "table":
        return _table(para.rows)
    words = para.text if para.kind == "link" else escape(para.text)
    return words.replace("\n", "  \n")


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = ["| " + " | ".join(map(cell, row)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def _plain(number: Any) -> str:
    return f"{number.normalize():f}"


def date_words(moment: datetime) -> str:
    """2024年8月25日."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


def _hour(moment: datetime) -> str:
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return ""
    minutes = f"{moment.minute}分" if moment.minute else ""
    return f"{moment.hour}时{minutes}"
