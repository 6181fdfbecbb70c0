"""The city makes 2026 from 2025, changes it and has it opened; a district calls by the right facts."""

from datetime import datetime

from django.utils import timezone

from tests import make
from zaiti import clock
from zaiti.notices.actions import draft_call, prepare_call, publish_call
from zaiti.programmes.actions import open_year
from zaiti.studio.actions import (
    begin_from_year,
    confirm_field,
    open_draft,
    prepare_draft,
    send_back_draft,
    write_fields,
)
from zaiti.studio.checking import to_look_at


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=timezone.get_current_timezone())


def changed(draft):
    """What the officer types: a cap, a deadline, a material's note, two criteria's points."""
    kind = draft.facts["types"][0]
    item = kind["materials"]["items"][0]
    category = kind["rubric"]["categories"][0]
    lines = [
        f"types.{kind['_id']}.rubric.categories.{category['_id']}.criteria.{line['_id']}.points"
        for line in category["criteria"]
    ]
    return {
        "cap": 65,
        "report_deadline": "2026-07-17",
        f"types.{kind['_id']}.materials.items.{item['_id']}.note": "法定代表人签字并盖公章",
        lines[0]: 3,
        lines[1]: 7,
    }


def test_a_year_is_made_changed_sent_back_opened_and_called():
    officer, approver = make.holder("officer", make.city()), make.holder("approver", make.city())
    with clock.at(at(4, 1)):
        draft = begin_from_year(open_year(make.pack("shenzhen-2025"), by=officer), by=officer, year=2026)
        write_fields(draft, by=officer, values=changed(draft))
        for path in list(draft.to_confirm):
            confirm_field(draft, by=officer, path=path)
        assert to_look_at(draft) == []
        prepare_draft(draft, by=officer)
        send_back_draft(draft, by=approver, reason="请再核对上限。")
        prepare_draft(draft, by=officer)
        cycle = open_draft(draft, by=approver)
    with clock.at(at(5, 6)):
        text = published(cycle)
    assert "2026年度认定深圳市终身职业技能培训载体不超过65家" in text
    assert "于2026年7月17日前将候选名单" in text
    assert "法定代表人签字并盖公章" in text
    assert "培训管理机构与人员配置 | 3 |" in text
    assert "2025年度" not in text
    assert "{" not in text


def published(cycle) -> str:
    """A district's call, as the public reads it."""
    luohu = make.district("luohu")
    officer, approver = make.holder("officer", luohu), make.holder("approver", luohu)
    call = draft_call(
        cycle,
        luohu,
        by=officer,
        types=list(cycle.types.all()),
        opens_at=at(5, 11),
        closes_at=at(5, 29),
        contact_office=luohu.name,
        contact_phone="0755-00000000（示例）",
    )
    prepare_call(call, by=officer)
    return publish_call(call, by=approver).body
