from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.applications.models import Application
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.screening.actions import answer_correction
from zaiti.screening.queries import checklist
from zaiti.web.ui.subjects import page_of

State = Application.State


def answered(application, correction, moment=None):
    with clock.at(moment or correction.issued_at + timedelta(minutes=5)):
        make.material_version(application)
        return answer_correction(application, by=application.contact)


def test_it_is_handed_in_again_under_its_number_with_a_new_receipt():
    application, _officer, correction = make.returned()
    number = application.number
    submission = answered(application, correction)
    correction.refresh_from_db()
    assert application.state == State.SUBMITTED
    assert application.number == number
    assert submission.number == f"{number}-2"
    assert correction.answered_at is not None
    assert not application.materials.filter(open_for_correction=True).exists()


def test_a_new_term_to_answer_begins():
    application, _officer, correction = make.returned()
    moment = correction.issued_at + timedelta(days=1)
    answered(application, correction, moment)
    application.refresh_from_db()
    assert application.answer_due == clock.add_working_days(moment.date(), 5)


def test_the_new_file_is_to_be_looked_at():
    application, _officer, correction = make.returned()
    answered(application, correction)
    assert checklist(application)[0].open


def test_the_officers_are_told_and_the_ledger_knows():
    application, officer, correction = make.returned()
    answered(application, correction)
    message = Message.objects.get(template="screening/mail/answered.txt", to=officer)
    assert page_of(message) == f"/desk/screening/{application.pk}/"
    assert Entry.objects.get(verb="resubmit").by == application.contact


def test_it_is_refused_until_each_named_material_has_a_new_file():
    application, _officer, _correction = make.returned()
    with pytest.raises(Refused, match="申报表"):
        answer_correction(application, by=application.contact)


def test_the_last_second_of_the_last_day_decides():
    application, _officer, correction = make.returned()
    over = clock.end_of_day(correction.due)
    with pytest.raises(Refused):
        answered(application, correction, over)
    answered(application, correction, over - timedelta(seconds=1))
    assert application.state == State.SUBMITTED


def test_it_is_refused_without_a_correction():
    application = make.application(state="returned")
    with pytest.raises(Refused):
        answer_correction(application, by=application.contact)


@pytest.mark.parametrize("state", make.others(Application, "resubmit"))
def test_it_is_refused_in_any_other_state(state):
    application = make.application(state=state)
    with pytest.raises(Refused):
        answer_correction(application, by=application.contact)


def test_others_may_not():
    application, officer, _correction = make.returned()
    for person in (officer, make.applicant()):
        with pytest.raises(PermissionDenied):
            answer_correction(application, by=person)
