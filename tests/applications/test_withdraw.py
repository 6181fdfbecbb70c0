from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.applications.actions import reopen, submit, withdraw
from zaiti.applications.models import Application
from zaiti.core import Refused

State = Application.State


def test_it_is_taken_back_with_form_and_files_and_its_contact_is_told():
    application = make.application("submitted")
    withdraw(application, by=application.contact)
    assert (application.state, application.answer_due) == (State.WITHDRAWN, None)
    assert application.answer("plan")
    assert application.materials.get().versions.count() == 1
    assert [m.template for m in application.contact.inbox.all()] == ["applications/mail/withdrawn.txt"]


def test_reopened_it_is_a_draft_again_that_the_district_does_not_see():
    application = make.application("submitted")
    officer = make.holder("officer", application.authority)
    assert application in Application.objects.visible_to(officer)
    withdraw(application, by=application.contact)
    reopen(application, by=application.contact)
    assert application.state == State.DRAFT
    assert application not in Application.objects.visible_to(officer)


def test_handed_in_again_it_keeps_its_number_and_gets_a_second_receipt():
    application = make.uploaded(make.filled(make.application()))
    first = submit(application, by=application.contact)
    number = application.number
    withdraw(application, by=application.contact)
    reopen(application, by=application.contact)
    second = submit(application, by=application.contact)
    assert (application.number, first.number, second.number) == (number, f"{number}-1", f"{number}-2")


@pytest.mark.parametrize(("step", "state"), [(withdraw, "submitted"), (reopen, "withdrawn")])
def test_from_the_deadline_on_it_is_refused(step, state):
    application = make.application(state)
    with clock.at(application.call.closes_at - timedelta(seconds=1)):
        assert application.call.is_open()
    with clock.at(application.call.closes_at), pytest.raises(Refused):
        step(application, by=application.contact)
    application.refresh_from_db()
    assert application.state == state


@pytest.mark.parametrize(
    ("step", "verb", "state"),
    [
        (step, verb, s)
        for step, verb in ((withdraw, "withdraw"), (reopen, "reopen"))
        for s in make.others(Application, verb)
    ],
)
def test_it_is_refused_in_any_other_state(step, verb, state):
    application = make.application(state)
    with pytest.raises(Refused):
        step(application, by=application.contact)


@pytest.mark.parametrize(("step", "state"), [(withdraw, "submitted"), (reopen, "withdrawn")])
@pytest.mark.parametrize("other", [make.applicant, make.user, lambda: make.holder("officer")])
def test_others_may_not(step, state, other):
    with pytest.raises(PermissionDenied):
        step(make.application(state), by=other())
