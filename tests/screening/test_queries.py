from datetime import timedelta

import pgtrigger

from tests import make
from zaiti import clock
from zaiti.screening.queries import cases, next_in_queue, queue, waiting
from zaiti.screening.tasks import lapse_corrections


def test_the_queue_has_what_waits_for_the_officer_soonest_due_first():
    later, officer = make.to_screen()
    sooner = make.long_ago(make.application(state="submitted"), days=-1)
    for state in ("draft", "withdrawn", "returned", "accepted", "declined"):
        make.application(state=state)
    assert list(queue(officer)) == [sooner, later]


def test_a_lapsed_correction_waits_for_the_officer_too():
    application, officer, correction = make.returned()
    assert not queue(officer)
    with clock.at(clock.end_of_day(correction.due)):
        lapse_corrections()
    assert list(queue(officer)) == [application]
    assert queue(officer)[0].due == correction.due


def test_other_districts_and_ones_own_unit_are_left_out():
    application, officer = make.to_screen()
    officer.organisation = application.organisation
    with pgtrigger.ignore("accounts.User:person_apart"):  # as if from before the rule
        officer.save()
    assert not queue(officer)
    assert not queue(make.holder("officer", make.district("futian")))


def test_reviewers_and_the_city_look_on_but_have_no_queue():
    application, _officer = make.to_screen()
    for person in (make.holder("reviewer"), make.holder("officer", make.city())):
        assert list(waiting(cases(person))) == [application]
        assert not queue(person)


def test_the_next_case_follows_in_the_queues_order():
    rows = [make.long_ago(make.application(state="submitted"), days=-n) for n in (1, 2, 3)]
    officer = make.holder("officer")
    assert next_in_queue(officer) == rows[0]
    assert next_in_queue(officer, rows[0]) == rows[1]
    assert next_in_queue(officer, rows[2]) == rows[0]


def test_the_next_case_is_found_after_this_one_is_decided():
    rows = [make.long_ago(make.application(state="submitted"), days=-n) for n in (1, 2, 3)]
    officer = make.holder("officer")
    rows[1].state = "accepted"
    rows[1].save()
    assert next_in_queue(officer, rows[1]) == rows[2]
    assert next_in_queue(make.holder("officer", make.district("futian"))) is None


def test_the_day_before_is_not_over():
    application, officer = make.to_screen()
    with clock.at(clock.end_of_day(application.answer_due) - timedelta(seconds=1)):
        assert application in queue(officer)
