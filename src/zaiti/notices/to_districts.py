"""The city's own notice to its districts, paragraph by paragraph, from the year's pack and its plan [N1]."""

import re

from django.db.models import prefetch_related_objects

from zaiti import clock
from zaiti.notices.text import NUMERALS, SAMPLE, Para, date_words, judged_by, markdown
from zaiti.programmes.models import Cycle
from zaiti.programmes.packs import Pack
from zaiti.programmes.packs.programme import recognised
from zaiti.programmes.queries import QuotaTable, is_sample, policy, quota_table, rubrics_for, sample_places

PLAN = re.compile(r"(?<=## 附件1\n\n)## .*\n\n(?:\|.*(?:\n|\Z))+")


def city_paragraphs(cycle: Cycle) -> list[Para]:
    """The notice in the order of the real one, then its two attachments."""
    pack = policy(cycle)
    titles = attached(pack)
    return [
        Para("to", f"{pack.notice.addressees}："),
        Para("text", pack.purpose),
        *_sections(pack),
        Para("text", pack.closing),
        Para("attachments", "附件：" + "\n".join(f"{n}.{title}" for n, title in enumerate(titles, 1))),
        Para("sign", f"{cycle.city.name}\n{date_words(clock.now())}"),
        Para("text", f"（联系电话：{pack.contact.phone}）"),
        *_plan(cycle, titles[0]),
        *_rubrics(cycle, pack, titles[1]),
    ]


def city_body(cycle: Cycle) -> str:
    """All of it as Markdown."""
    return markdown(city_paragraphs(cycle))


def unsigned_city_body(cycle: Cycle) -> str:
    """All of it but signature and date: what the approver's text is compared by."""
    return markdown([para for para in city_paragraphs(cycle) if para.kind != "sign"])


def city_facts(cycle: Cycle) -> dict[str, object]:
    """The same paragraphs for the letter (notices/papers/notice.typ)."""
    return {"paragraphs": [{"kind": p.kind, "text": p.text, "rows": p.rows} for p in city_paragraphs(cycle)]}


def with_plan_as_it_is(body: str, cycle: Cycle) -> str:
    """A published notice with the plan as it stands now in its first attachment."""
    _label, *plan = _plan(cycle, attached(policy(cycle))[0])
    return PLAN.sub(lambda _found: f"{markdown(plan)}\n", body)


def attached(pack: Pack) -> tuple[str, str]:
    """What the plan and the rubrics are called: as the pack says where it names both."""
    named = [item.title for item in pack.attachments]
    if len(named) == 2:  # the plan and the rubrics [N1]
        return named[0], named[1]
    name = recognised(pack)
    return f"{pack.year}年度{name}认定计划", f"{name}认定评审细则"


def _sections(pack: Pack) -> list[Para]:
    said = pack.headings
    parts = [
        (said.types, _types(pack)),
        (said.may_apply, [Para("text", pack.may_apply.text)]),
        (said.quotas, [Para("text", pack.cap_text)]),
        (said.steps, _steps(pack)),
        (said.work_requirements, _requirements(pack)),
    ]
    return [
        para
        for n, (heading, inside) in enumerate(parts)
        for para in (Para("sec", f"{NUMERALS[n]}、{heading}"), *inside)
    ]


def _types(pack: Pack) -> list[Para]:
    return [
        Para("text", words)
        for n, kind in enumerate(pack.types)
        for words in (f"（{NUMERALS[n]}）{kind.name}。{kind.definition}", kind.focus)
    ]


def _steps(pack: Pack) -> list[Para]:
    return [
        para
        for n, step in enumerate(pack.steps)
        for para in (Para("sub", f"（{NUMERALS[n]}）{step.title}"), Para("text", step.text))
    ]


def _requirements(pack: Pack) -> list[Para]:
    return [
        Para("text", f"（{NUMERALS[n]}）{item.title}。{item.text}" if item.title else item.text)
        for n, item in enumerate(pack.work_requirements)
    ]


def _plan(cycle: Cycle, title: str) -> list[Para]:
    table = quota_table(cycle)
    mark = SAMPLE if is_sample(table, sample_places(cycle, table)) else ""
    return [Para("label", "附件1"), Para("annex", f"{title}{mark}"), Para("table", "", _places(table))]


def _places(table: QuotaTable) -> tuple[tuple[str, ...], ...]:
    heads = ("区域", *(kind.name for kind in table.types), "合计")
    rows = [
        (row.authority.district, *(str(cell.places) for cell in row.cells), str(row.total))
        for row in table.rows
    ]
    return (heads, *rows, ("合计", *map(str, table.sums), str(table.total)))


def _rubrics(cycle: Cycle, pack: Pack, title: str) -> list[Para]:
    kinds = list(cycle.types.all())
    rubrics = rubrics_for(kinds, cycle.city)
    prefetch_related_objects(rubrics, "criteria")
    told = [
        para
        for kind, rubric in zip(kinds, rubrics, strict=True)
        for para in judged_by(kind, rubric, pack, cycle)
    ]
    return [Para("label", "附件2"), Para("annex", title), *told]
