from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.applications.models import Application
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.screening.actions import answer_correction, mark_material, return_for_correction
from zaiti.screening.queries import checklist, notice_text

State = Application.State


def test_it_goes_back_with_every_fault_and_a_due_date_in_working_days():
    moment = clock.now().replace(year=2025, month=4, day=25, hour=9)  # a Friday before the May holiday
    with clock.at(moment):
        application, officer = make.to_screen()
        make.faulty(application, officer)
        text = notice_text(application, checklist(application))
        correction = return_for_correction(application, by=officer, reasons=text)
    assert application.state == State.RETURNED
    assert correction.due == date(2025, 5, 6)
    assert correction.paper.kind == "correction"
    assert correction.paper.facts["faults"] == [f"《申报表》：{make.FAULT}"]


def test_only_what_is_named_opens():
    application, officer = make.to_screen()
    make.uploaded(application, optional=True)
    make.faulty(application, officer)
    correction = return_for_correction(application, by=officer, reasons=make.FAULT, rest_in_order=True)
    opened = application.materials.filter(open_for_correction=True)
    assert list(opened) == list(correction.materials.all()) == [application.materials.all()[0]]


def test_an_empty_required_slot_is_named_and_opened():
    application, officer = make.to_screen()
    application.materials.all().delete()
    correction = return_for_correction(application, by=officer, reasons="未提交申报表。")
    assert [str(m) for m in correction.materials.filter(open_for_correction=True)] == ["申报表"]


def test_the_applicant_is_told_and_the_ledger_knows():
    application, _officer, correction = make.returned()
    message = Message.objects.get(to=application.contact)
    assert message.template == "screening/mail/returned.txt"
    assert correction.reasons in message.body
    assert Entry.objects.get(verb="return").facts["due"] == correction.due.isoformat()


def test_a_copy_that_differs_is_a_fault_too():
    application, officer = make.to_screen(call=make.call(paper_required=True))
    copy = make.paper_copy(application, officer, matches=False, note="缺第3页。")
    make.in_order(application, officer)
    text = notice_text(application, checklist(application), copy)
    assert text == "纸质材料与电子版不一致：缺第3页。"
    correction = return_for_correction(application, by=officer, reasons=text)
    assert not correction.materials.exists()


def test_a_longer_term_may_be_given_but_no_shorter():
    application, officer = make.to_screen()
    make.faulty(application, officer)
    with pytest.raises(Refused):
        return_for_correction(application, by=officer, reasons="…", due=clock.today())
    later = clock.add_working_days(clock.today(), 8)
    assert return_for_correction(application, by=officer, reasons="…", due=later).due == later


def test_it_is_refused_while_something_is_not_looked_at():
    application, officer = make.to_screen()
    make.uploaded(application, optional=True)
    make.faulty(application, officer)
    with pytest.raises(Refused):
        return_for_correction(application, by=officer, reasons="…")


def test_it_is_refused_without_a_fault_or_a_text():
    application, officer = make.to_screen()
    make.in_order(application, officer)
    with pytest.raises(Refused):
        return_for_correction(application, by=officer, reasons="…")
    make.faulty(application, officer)
    with pytest.raises(Refused):
        return_for_correction(application, by=officer, reasons=" ")


def test_it_is_refused_when_the_chances_are_used_up():
    application, officer, correction = make.returned()
    with clock.at(correction.issued_at + timedelta(minutes=1)):
        make.material_version(application)
        answer_correction(application, by=application.contact)
    fault = {"mark": "not_in_form", "reason": "缺页。"}
    mark_material(application.materials.get(), by=officer, **fault)
    with pytest.raises(Refused):
        return_for_correction(application, by=officer, reasons="…")


def test_it_is_refused_once_the_time_to_answer_is_over():
    application, officer = make.to_screen()
    make.faulty(application, officer)
    with clock.at(clock.end_of_day(application.answer_due)), pytest.raises(Refused):
        return_for_correction(application, by=officer, reasons="…")


@pytest.mark.parametrize("state", make.others(Application, "return"))
def test_it_is_refused_in_any_other_state(state):
    application, officer = make.to_screen(state=state)
    with pytest.raises(Refused):
        return_for_correction(application, by=officer, reasons="…")


def test_others_may_not():
    application, officer = make.to_screen()
    make.faulty(application, officer)
    for person in (make.holder("reviewer"), make.holder("officer", make.district("futian")), make.user()):
        with pytest.raises(PermissionDenied):
            return_for_correction(application, by=person, reasons="…")


def test_what_arrived_in_time_is_returned_though_the_time_is_over_now():
    application, officer = make.to_screen()
    make.faulty(application, officer)
    end = clock.end_of_day(application.answer_due)
    with clock.at(end + timedelta(seconds=16)):
        with pytest.raises(Refused, match="deemed accepted"):
            return_for_correction(application, by=officer, reasons="缺页。", arrived=end)
        return_for_correction(application, by=officer, reasons="缺页。", arrived=end - timedelta(seconds=1))
    assert application.state == State.RETURNED
