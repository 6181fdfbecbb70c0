"""The form of a year under way is corrected by two people; what is being written goes on by it."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from tests import make
from zaiti.applications.actions import note_changes, reopen, save_form, start_application, submit
from zaiti.applications.changed import changes, no_longer_asked, to_mend
from zaiti.applications.models import Application
from zaiti.applications.queries import gaps
from zaiti.applications.tables import book_of
from zaiti.core import Refused
from zaiti.outbox.models import Message
from zaiti.programmes.exporting import pack_of
from zaiti.programmes.models import Cycle
from zaiti.screening.actions import mark_field, return_for_correction
from zaiti.screening.queries import checklist, notice_text
from zaiti.studio.actions import (
    abandon_draft,
    arrange,
    begin_correction,
    correct_forms,
    open_draft,
    prepare_draft,
    send_back_draft,
    write_fields,
)
from zaiti.studio.checking import checked
from zaiti.studio.comparing import against


def officer():
    return make.holder("officer", make.city())


def approver():
    return make.holder("approver", make.city())


def correction(**changed):
    """A correction in preparation that asks some entries of the type “base” otherwise; None drops one."""
    return make.form_correction(**changed)


def kind_of(draft):
    return next(kind for kind in draft.facts["types"] if kind["code"] == "base")


def add_entry(draft, **facts):
    kind = kind_of(draft)
    at = f"types.{kind['_id']}.form.sections.{kind['form']['sections'][0]['_id']}.entries"
    line = arrange(draft, by=officer(), path=at, how="add")
    write_fields(draft, by=officer(), values={f"{line}.{name}": said for name, said in facts.items()})


def in_force(draft):
    assert [one.message for one in checked(draft)[1]] == []
    return make.in_force(draft)


def anew(application):
    return Application.objects.get(pk=application.pk)


def test_it_becomes_the_next_version_which_the_pack_says_too():
    draft = correction(plan={"name": "三年规划"})
    (made,) = in_force(draft)
    assert (made.number, made.by, made.reason) == (2, draft.approved_by, "上级要求补充栏目")
    assert draft.state == "corrected"
    kind = next(one for one in pack_of(make.cycle()).types if one.code == "base")
    assert "三年规划" in [entry.name for entry in kind.form.entries]


def test_a_draft_is_carried_over_and_loses_nothing():
    draft = make.filled(make.application())
    said = dict(draft.answers.said)
    add = correction(summary=None, occupations={"name": "培训工种"})
    add_entry(add, code="insured", name="参保人数", kind="whole")
    in_force(add)
    now = anew(draft)
    assert now.answers.form.number == 2
    kept = {code: value for code, value in now.answers.said.items() if code in said}
    assert kept == {code: value for code, value in said.items() if code != "summary"}
    assert [(one.entry.code, one.words) for one in no_longer_asked(now.answers)] == [
        ("summary", said["summary"])
    ]
    told = changes(now.answers)
    assert ([one.code for one in told.new], [one.code for one in told.dropped]) == (["insured"], ["summary"])
    assert [entry.code for entry, _said in told.changed] == ["occupations"]
    assert any("参保人数" in gap for gap in gaps(now))


def test_what_changed_is_shown_until_they_have_saved():
    draft = make.filled(make.application())
    in_force(correction(plan={"name": "三年规划"}))
    now = anew(draft)
    save_form(now, by=now.contact, plan="另写")
    assert changes(anew(draft).answers) is not None
    note_changes(now, by=now.contact)
    assert changes(anew(draft).answers) is None


def test_an_answer_of_another_kind_is_kept_and_a_sentence_says_what_to_do():
    draft = make.filled(make.application())
    in_force(correction(occupations={"kind": "whole"}))
    answers = anew(draft).answers
    assert answers.said.get("occupations") is None
    assert "answer anew" in to_mend(answers)["occupations"]
    save_form(now := anew(draft), by=draft.contact, occupations="3")
    assert "occupations" not in to_mend(now.answers)


def test_an_answer_beyond_a_new_limit_stays_and_is_owed():
    draft = make.uploaded(make.filled(make.application()))
    in_force(correction(trained_last_year={"most": "5"}))
    now = anew(draft)
    assert now.answers.said["trained_last_year"] == draft.answers.said["trained_last_year"]
    assert any("more than 5" in gap for gap in gaps(now))
    with pytest.raises(Refused, match="not complete"):
        submit(now, by=now.contact)


def test_a_sealed_answer_stays_sealed_where_it_is_kept_aside():
    draft = make.filled(make.application())
    in_force(correction(contact_phone=None))
    now = anew(draft)
    phone = make.FORM["contact_phone"]
    assert phone not in str(now.answers.aside)
    assert [one.words for one in no_longer_asked(now.answers)] == [phone]


def test_what_comes_back_in_a_later_version_brings_its_answer_back():
    draft = make.filled(make.application())
    said = draft.answers.said["summary"]
    in_force(correction(summary=None))
    back = correction()
    add_entry(back, code="summary", name="载体基本情况", kind="lines")
    in_force(back)
    now = anew(draft)
    assert (now.answers.form.number, now.answers.said["summary"], now.answers.aside) == (3, said, {})


def test_what_was_handed_in_keeps_its_version_until_it_is_a_draft_again():
    handed_in = make.application("submitted")
    withdrawn = make.application("withdrawn", by=make.applicant())
    in_force(correction(plan={"name": "三年规划"}))
    assert anew(handed_in).answers.form.number == 1
    assert anew(handed_in).label("plan") == "建设规划"
    reopen(now := anew(withdrawn), by=withdrawn.contact)
    assert now.answers.form.number == 2


def test_what_begins_later_begins_with_the_new_version():
    in_force(correction(plan={"name": "三年规划"}))
    call = make.call()
    kind = call.types.get(carrier_type__code="base").carrier_type
    assert start_application(call, kind, by=make.applicant()).answers.form.number == 2


def returned_for(code, application, screener):
    mark_field(application, by=screener, field=code, reason="不符")
    text = notice_text(application, checklist(application))
    return_for_correction(application, by=screener, reasons=text, rest_in_order=True)
    return application


def test_of_what_is_corrected_only_what_was_reopened_is_asked_anew():
    application = returned_for("plan", *make.to_screen())
    in_force(correction(plan={"name": "三年规划"}, summary={"name": "概况"}))
    now = anew(application)
    assert (now.label("plan"), now.label("summary"), now.answers.form.number) == (
        "三年规划",
        "载体基本情况",
        1,
    )
    assert Message.objects.filter(to=now.contact, template__endswith="form_corrected_applicant.txt").exists()


def test_returned_after_the_correction_it_is_the_same():
    application, screener = make.to_screen()
    in_force(correction(plan={"name": "三年规划"}, summary={"name": "概况"}))
    now = returned_for("plan", anew(application), screener)
    assert (now.label("plan"), now.label("summary")) == ("三年规划", "载体基本情况")


def test_everyone_concerned_is_told():
    screener = make.holder("officer")
    draft, done = make.application(), make.application("accepted", by=make.applicant())
    in_force(correction(plan={"name": "三年规划"}))
    told = set(Message.objects.filter(template__contains="form_corrected").values_list("to", flat=True))
    assert {screener.pk, draft.contact_id} <= told
    assert done.contact_id not in told


@pytest.mark.parametrize(
    ("code", "facts", "match"),
    [
        ("carrier_name", None, "carrier_name"),
        ("training_address", None, "不能删去"),
        ("training_address", {"code": "site"}, "不能删去"),
        ("training_address", {"kind": "lines"}, "不能删去"),
        ("contact_phone", {"sealed": False}, "不能取消加密"),
        ("plan", {"read_by": ["district", "public"]}, "不能改为公开"),
    ],
)
def test_what_others_rely_upon_can_not_be_taken_away(code, facts, match):
    draft = correction(**{code: facts})
    _pack, problems = checked(draft)
    assert any(match in one.message for one in problems)
    with pytest.raises(Refused):
        prepare_draft(draft, by=officer())


def test_nothing_but_the_forms_can_be_changed():
    draft = correction()
    with pytest.raises(Refused, match="Only the forms"):
        write_fields(draft, by=officer(), values={"cap": 1})
    with pytest.raises(Refused, match="Only the forms"):
        arrange(draft, by=officer(), path=f"types.{kind_of(draft)['_id']}.form", how="remove")


def test_a_correction_that_changes_nothing_is_refused():
    draft = correction()
    assert against(draft, make.cycle()) == []
    with pytest.raises(Refused, match="Nothing is changed"):
        prepare_draft(draft, by=officer())


def test_one_at_a_time_and_only_with_a_reason_and_by_an_officer():
    with pytest.raises(Refused, match="Say why"):
        begin_correction(make.cycle(), by=officer(), reason=" ")
    with pytest.raises(PermissionDenied):
        begin_correction(make.cycle(), by=make.holder("officer"), reason="更正")
    draft = correction()
    with pytest.raises(Refused, match="already"):
        correction()
    abandon_draft(draft, by=officer(), reason="不更正了")
    correction()


def test_a_year_that_is_over_keeps_its_form():
    draft = correction(plan={"name": "三年规划"})
    prepare_draft(draft, by=officer())
    Cycle.objects.update(state="closed")
    with pytest.raises(Refused, match="under way"):
        correct_forms(draft, by=approver())


def test_the_sheet_of_all_forms_holds_answers_of_every_version():
    before = make.answer(make.application("submitted"), occupations="电工、焊工")
    in_force(correction(occupations={"kind": "money"}))
    after = make.answer(make.application("submitted", by=make.applicant()), occupations="12.50")
    rows = list(load_workbook(BytesIO(book_of(Application.objects.all(), "申报"))).worksheets[0].values)
    at = next(n for n, head in enumerate(rows[0]) if head == before.label("occupations"))
    assert {row[at] for row in rows[1:]} == {"电工、焊工", 12.5}
    assert after.answers.form.number == 2


def test_two_people_are_needed_and_a_correction_is_no_year():
    draft = correction(plan={"name": "三年规划"})
    prepare_draft(draft, by=officer())
    make.now_approves(draft.prepared_by, make.city())
    with pytest.raises(PermissionDenied):
        correct_forms(draft, by=draft.prepared_by)
    with pytest.raises(Refused):
        open_draft(draft, by=approver())
    send_back_draft(draft, by=approver(), reason="请核对")
    assert draft.state == "sent_back"
    assert Message.objects.get(to=draft.prepared_by, template__endswith="/sent_back.txt").subject.count(
        "申报表"
    )
    with pytest.raises(Refused):
        correct_forms(make.prepared_draft(), by=approver())
