import hashlib
from datetime import timedelta
from io import BytesIO
from pathlib import PurePosixPath

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests import make
from zaiti import clock
from zaiti.applications.actions import submit, upload_material
from zaiti.applications.models import Application
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.papers.typst import render_pdf

State = Application.State


def ready(**fields):
    return make.uploaded(make.filled(make.application(**fields)))


def test_it_is_numbered_and_gets_a_receipt_with_every_files_hash():
    application = ready()
    content = make.pdf(text="the form")
    slot = application.carrier_type.materials.all()[0]
    upload_material(
        application, slot, by=application.contact, content=BytesIO(content), original_name="a.pdf"
    )
    submission = submit(application, by=application.contact)
    assert (application.state, application.number) == (
        State.SUBMITTED,
        f"LUOHU{application.call.cycle.year}-001",
    )
    assert submission.number == f"{application.number}-1"
    assert [(f["name"], f["version"], f["sha256"]) for f in submission.files] == [
        ("申报表.pdf", 2, hashlib.sha256(content).hexdigest())
    ]
    assert application.answer_due == clock.add_working_days(clock.today(), 5)


def test_the_receipt_is_a_paper_that_can_be_typeset():
    application = ready()
    submission = submit(application, by=application.contact)
    assert PurePosixPath(submission.paper.template).stem == "receipt"
    with pikepdf.open(BytesIO(render_pdf(submission.paper))) as letter:
        assert len(letter.pages) >= 1


def test_its_contact_is_told_and_the_ledger_has_it():
    application = ready()
    submit(application, by=application.contact)
    assert [m.template for m in application.contact.inbox.all()] == ["applications/mail/submitted.txt"]
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True))[-2:] == ["submit", "hand_in"]


def test_the_telephone_is_not_written_out_in_the_submission():
    application = ready(contact_phone="13800000000")
    submission = submit(application, by=application.contact)
    assert submission.form["contact_phone"] == "138****0000"


def test_the_last_second_before_the_deadline_counts_and_the_deadline_does_not():
    in_time, too_late = ready(), ready()
    in_time.call.refresh_from_db()
    with clock.at(in_time.call.closes_at - timedelta(microseconds=1)):
        submit(in_time, by=in_time.contact)
    with clock.at(too_late.call.closes_at), pytest.raises(Refused):
        submit(too_late, by=too_late.contact)


def test_after_a_refusal_draft_and_files_are_kept():
    application = ready()
    with clock.at(application.call.closes_at), pytest.raises(Refused):
        submit(application, by=application.contact)
    application.refresh_from_db()
    assert (application.state, application.number) == (State.DRAFT, None)
    assert application.answer("plan")
    assert application.materials.get().versions.count() == 1


def test_an_incomplete_application_is_refused_with_what_is_missing():
    application = make.filled(make.application())
    with pytest.raises(Refused, match="申报表"):
        submit(application, by=application.contact)


def test_a_field_left_empty_is_refused():
    application = ready()
    make.answer(application, plan="")
    with pytest.raises(Refused):
        submit(application, by=application.contact)


def test_a_master_heads_one_studio_citywide_in_a_year():
    elsewhere = make.call(authority=make.district("futian"))
    first = ready(code="studio", master_certificate="SC-1", call=make.call())
    second = ready(code="studio", master_certificate="sc-1", call=elsewhere)
    submit(first, by=first.contact)
    with pytest.raises(Refused):
        submit(second, by=second.contact)


def test_a_unit_hands_in_one_application_a_type_and_year_in_one_district():
    unit = make.organisation()
    first = ready(organisation=unit)
    second = ready(organisation=unit, call=make.call(authority=make.district("futian")))
    submit(first, by=first.contact)
    with pytest.raises(Refused):
        submit(second, by=second.contact)


def test_numbers_of_a_district_run_on():
    call = make.call()
    first, second = ready(call=call), ready(call=call)
    submit(first, by=first.contact)
    submit(second, by=second.contact)
    assert [first.number[-3:], second.number[-3:]] == ["001", "002"]


@pytest.mark.parametrize("state", make.others(Application, "submit"))
def test_it_is_refused_in_any_other_state(state):
    application = make.application(state)
    with pytest.raises(Refused):
        submit(application, by=application.contact)


@pytest.mark.parametrize("other", [make.applicant, make.user, lambda: make.holder("officer")])
def test_others_may_not(other):
    application = ready()
    with pytest.raises(PermissionDenied):
        submit(application, by=other())


def test_what_arrived_before_the_close_and_was_recorded_after_it_is_in_time():
    application = ready()
    closes_at = application.call.closes_at
    with clock.at(closes_at + timedelta(seconds=16)):
        submission = submit(application, by=application.contact, arrived=closes_at - timedelta(seconds=1))
    assert (submission.arrived_at, submission.at) == (
        closes_at - timedelta(seconds=1),
        closes_at + timedelta(seconds=16),
    )
    assert application.submitted_at == submission.arrived_at
    noted = Entry.objects.get(verb="submit")
    assert noted.facts["arrived"].startswith(f"{timezone.localtime(submission.arrived_at):%Y-%m-%dT%H:%M:%S}")
    assert noted.at > closes_at


def test_what_arrived_at_the_closing_second_is_late():
    application = ready()
    with pytest.raises(Refused):
        submit(application, by=application.contact, arrived=application.call.closes_at)
