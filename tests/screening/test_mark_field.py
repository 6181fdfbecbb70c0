import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.applications.actions import save_form
from zaiti.applications.queries import gaps
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.screening.actions import accept, answer_correction, mark_field, mark_rest, return_for_correction
from zaiti.screening.queries import checklist, field_faults, notice_text

WRONG = "与营业执照记载的地址不一致。"


def marked(field="registered_address"):
    application, officer = make.to_screen()
    application.submissions.update(form=application.answers.said)
    mark_rest(application, by=officer)
    mark_field(application, by=officer, field=field, reason=WRONG)
    return application, officer


def back_with_its_authors():
    application, officer = marked()
    text = notice_text(application, checklist(application))
    return_for_correction(application, by=officer, reasons=text)
    return application, officer


def test_the_notice_names_the_entry_in_chinese():
    application, _officer = marked()
    assert notice_text(application, checklist(application)) == f"申报书“注册地址”：{WRONG}"
    assert Entry.objects.get(verb="mark_field").facts == {"field": "registered_address", "reason": WRONG}


def test_a_mark_without_a_reason_is_taken_back():
    application, officer = marked()
    mark_field(application, by=officer, field="registered_address", reason=" ")
    assert field_faults(application) == []
    accept(application, by=officer)


def test_it_hinders_acceptance():
    application, officer = marked()
    with pytest.raises(Refused, match="注册地址"):
        accept(application, by=officer)


def test_only_the_named_entry_opens_and_must_change():
    application, _officer = back_with_its_authors()
    assert application.open_fields == ["registered_address"]
    assert gaps(application) == ["Please correct “注册地址”."]
    save_form(application, by=application.contact, registered_address="示例路2号", plan="另一个计划")
    application.refresh_from_db()
    assert application.answer("registered_address") == "示例路2号"
    assert application.answer("plan") != "另一个计划"
    assert gaps(application) == []
    answer_correction(application, by=application.contact)
    assert (application.open_fields, field_faults(application)) == ([], [])


def test_an_entry_left_as_it_was_is_no_answer():
    application, _officer = back_with_its_authors()
    with pytest.raises(Refused, match="注册地址"):
        answer_correction(application, by=application.contact)


def test_the_form_stays_closed_when_no_entry_is_named():
    application, _officer, _correction = make.returned()
    with pytest.raises(Refused):
        save_form(application, by=application.contact, plan="另一个计划")


def test_what_is_no_entry_of_the_form_can_not_be_marked():
    application, officer = make.to_screen()
    with pytest.raises(PermissionDenied):
        mark_field(application, by=officer, field="state", reason=WRONG)


def test_another_district_may_not_mark():
    application, _officer = make.to_screen()
    other = make.holder("officer", make.district("nanshan"))
    with pytest.raises(PermissionDenied):
        mark_field(application, by=other, field="plan", reason=WRONG)


def test_nothing_is_marked_after_acceptance():
    application, officer = make.to_screen()
    accept(application, by=officer, rest_in_order=True)
    with pytest.raises(Refused):
        mark_field(application, by=officer, field="plan", reason=WRONG)
