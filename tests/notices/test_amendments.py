"""Extension and correction of what is published: two people, a numbered paper, everyone concerned told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.notices.actions import (
    prepare_correction,
    prepare_extension,
    publish_amendment,
    publish_text,
    send_back_amendment,
)
from zaiti.notices.amending import alterations
from zaiti.notices.models import Amendment, Call, Publication
from zaiti.outbox.models import Message
from zaiti.papers.typst import render_pdf

CLOSES = datetime(2024, 8, 25, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = CLOSES + timedelta(days=1)


@pytest.fixture(autouse=True)
def _near_the_end():
    with clock.at(CLOSES - timedelta(hours=2)):
        yield


def published():
    return make.call(opens_at=CLOSES - timedelta(days=13), closes_at=CLOSES)


def extension(call=None, closes_at=LATER, reason="系统故障"):
    return prepare_extension(
        call or published(), by=make.holder("officer"), closes_at=closes_at, reason=reason
    )


def correction(text=None, title="示例通知", body="新文", reason="日期有误"):
    text = text or make.publication(title="示例通知", body="旧文")
    return prepare_correction(text, by=make.holder("officer"), title=title, body=body, reason=reason)


def approver():
    return make.holder("approver")


def test_a_prepared_extension_changes_nothing_yet_and_tells_the_approvers():
    reader, call = approver(), published()
    made = extension(call)
    assert (made.state, Call.objects.get(pk=call.pk).closes_at) == ("prepared", CLOSES)
    assert not Publication.objects.filter(kind="extension").exists()
    message = Message.objects.get(to=reader)
    assert "系统故障" in message.body
    assert "2024年8月25日18时 → 2024年8月26日18时" in message.body


def test_published_by_another_it_closes_later_by_a_numbered_paper_that_links_the_call():
    call = published()
    text = publish_amendment(extension(call), by=approver())
    assert Call.objects.get(pk=call.pk).closes_at == LATER
    assert (text.kind, text.amends, text.doc_number) == ("extension", call.publication, text.paper.number)
    assert text.paper.kind == "extension"
    assert text.paper.public
    assert "延〔2024〕1号" in text.paper.number
    assert "由2024年8月25日18时延长至2024年8月26日18时" in text.body
    assert f"/notices/{call.publication_id}/" in text.body
    assert Entry.objects.get(verb="extend").facts["reason"] == "系统故障"
    assert render_pdf(text.paper).startswith(b"%PDF")


def test_whoever_has_begun_or_handed_in_an_application_is_told():
    call = published()
    draft, handed_in = make.application(call=call), make.application("submitted", call=call)
    elsewhere = make.application(call=make.call(authority=make.district("yantian")))
    publish_amendment(extension(call), by=approver())
    told = Message.objects.filter(template="notices/mail/amended.txt").values_list("to", flat=True)
    assert {draft.contact_id, handed_in.contact_id} <= set(told)
    assert elsewhere.contact_id not in told
    assert Message.objects.filter(to=draft.contact).latest("id").body.count("2024年8月26日18时")


def test_it_may_reopen_a_window_that_an_outage_closed():
    call = published()
    with clock.at(CLOSES + timedelta(hours=1)):
        publish_amendment(extension(call), by=approver())
        call.refresh_from_db()
        assert call.is_open()


@pytest.mark.parametrize("hours", [0, -1])
def test_a_closing_time_that_is_not_later_is_refused(hours):
    with pytest.raises(Refused):
        extension(closes_at=CLOSES + timedelta(hours=hours))


def test_a_closing_time_that_is_past_is_refused_when_prepared_and_when_published():
    made = extension()
    with clock.at(CLOSES + timedelta(days=2)):
        with pytest.raises(Refused):
            publish_amendment(made, by=approver())
        with pytest.raises(Refused):
            extension(make.call(make.cycle(2025), closes_at=CLOSES), closes_at=LATER)


def test_an_extension_of_a_time_that_moved_meanwhile_is_refused():
    made = extension()
    Call.objects.update(closes_at=CLOSES + timedelta(hours=3))
    with pytest.raises(Refused, match="prepared anew"):
        publish_amendment(made, by=approver())


@pytest.mark.parametrize("nothing", ["", " \u3000", "\u200b"])
def test_without_a_reason_that_can_be_read_nothing_is_prepared(nothing):
    with pytest.raises(Refused):
        extension(reason=nothing)
    with pytest.raises(Refused):
        correction(reason=nothing)


@pytest.mark.parametrize("state", [Call.State.DRAFT, Call.State.PREPARED])
def test_a_call_that_is_not_published_is_refused(state):
    call = make.call(state=state, opens_at=CLOSES - timedelta(days=13), closes_at=CLOSES)
    with pytest.raises(Refused):
        extension(call)


@pytest.mark.parametrize("who", [approver, lambda: make.holder("officer", make.district("yantian"))])
def test_only_the_bureaus_officer_prepares(who):
    with pytest.raises(PermissionDenied):
        prepare_extension(published(), by=who(), closes_at=LATER, reason="系统故障")
    with pytest.raises(PermissionDenied):
        prepare_correction(make.publication(), by=who(), title="新", body="新文", reason="有误")


def test_a_correction_is_a_new_text_with_a_numbered_paper_that_says_old_and_new():
    old = make.publication(title="示例通知", body="第一段。\n\n材料交至3月5日。")
    made = correction(old, body="第一段。\n\n材料交至3月6日。")
    new = publish_amendment(made, by=approver())
    assert (new.kind, new.replaces, new.doc_number) == ("correction", old, new.paper.number)
    assert new.paper.kind == "erratum"
    assert "更〔2024〕1号" in new.doc_number
    assert new.body == f"更正说明：日期有误（{new.doc_number}）\n\n第一段。\n\n材料交至3月6日。"
    assert new.paper.facts["changes"] == [
        {"what": "正文", "old": "材料交至3月5日。", "new": "材料交至3月6日。"}
    ]
    assert Publication.objects.get(pk=old.pk).body == "第一段。\n\n材料交至3月5日。"
    assert render_pdf(new.paper).startswith(b"%PDF")


def test_what_was_added_or_left_out_is_said_without_marks():
    old = make.publication(title="旧", body="## 一、标题\n\n| 甲 | 乙 |\n\n去掉的\\*段")
    made = correction(old, title="新", body="## 一、题目\n\n| 甲 | 丙 |\n\n")
    assert [tuple(row) for row in alterations(made)] == [
        ("标题", "旧", "新"),
        ("正文", "一、标题", "一、题目"),
        ("正文", "甲　乙", "甲　丙"),
        ("正文", "去掉的*段", "（此处删去）"),
    ]


def test_a_correction_that_changes_nothing_is_refused():
    old = make.publication(title="示例通知", body="旧文")
    with pytest.raises(Refused, match="Nothing is changed"):
        correction(old, body="旧文")


def test_a_text_that_was_replaced_cannot_be_corrected_again_but_the_newer_can():
    old = make.publication()
    new = publish_amendment(correction(old), by=approver())
    with pytest.raises(Refused):
        correction(old, body="又文")
    made = correction(new, body="又文")
    assert [row.old for row in alterations(made)] == ["新文"]  # not the word on why it was corrected before
    assert publish_amendment(made, by=approver()).replaces == new


def test_only_one_change_of_a_text_waits_at_a_time():
    call = published()
    extension(call)
    with pytest.raises(Refused, match="waits for approval already"):
        extension(call, LATER + timedelta(days=1))
    with pytest.raises(Refused, match="waits for approval already"):
        correction(call.publication)


def test_sent_back_it_is_prepared_anew_as_the_same_change():
    call = published()
    made = extension(call)
    send_back_amendment(made, by=approver(), reason="请写明故障时段")
    again = extension(call, reason="8月25日系统故障")
    assert (again.pk, again.state, again.sent_back_reason) == (made.pk, "prepared", "")
    assert Call.objects.get(pk=call.pk).closes_at == CLOSES


def test_the_names_of_a_posting_are_not_corrected_by_its_text_but_its_words_are():
    text = make.publication(kind="posting", body="旧文\n\n| 序号 | 单位 |\n| --- | --- |\n| 1 | 甲 |")
    for body in (text.body.replace("甲", "乙"), "新文"):
        with pytest.raises(Refused, match="posting's own page"):
            correction(text, body=body)
    corrected = correction(text, body=text.body.replace("旧文", "新文"))
    assert corrected.state == "prepared"


def test_a_text_taken_down_is_changed_no_more():
    text = make.publication()
    made = correction(text)
    Publication.objects.filter(pk=text.pk).update(taken_down_at=clock.now())
    with pytest.raises(Refused, match="taken down"):
        publish_amendment(made, by=approver())
    with pytest.raises(Refused, match="taken down"):
        correction(text)


def test_the_corrected_texts_units_are_told_by_year_and_district():
    call = published()
    mine = make.application(call=call)
    other = make.application(call=make.call(authority=make.district("yantian")))
    text = publish_text(
        "guide",
        by=make.holder("officer"),
        authority=call.authority,
        title="示例",
        body="旧",
        cycle=call.cycle,
    )
    publish_amendment(correction(text), by=approver())
    told = Message.objects.filter(template="notices/mail/amended.txt").values_list("to", flat=True)
    assert mine.contact_id in told
    assert other.contact_id not in told


@pytest.mark.parametrize("state", make.others(Amendment, "publish"))
def test_publishing_is_refused_in_any_other_state(state):
    made = extension()
    Amendment.objects.update(state=state)
    with pytest.raises(Refused):
        publish_amendment(made, by=approver())
