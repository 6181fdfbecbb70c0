"""When a case is due is a column that the database keeps, whoever changes what it comes from."""

from datetime import timedelta

from tests import make
from zaiti import clock
from zaiti.applications.models import Application
from zaiti.screening.models import Correction
from zaiti.screening.queries import next_in_queue, queue


def kept(application):
    """The columns as they stand in the database."""
    return Application.objects.values("due", "correction_due", "correction_lapsed").get(pk=application.pk)


def test_a_case_to_be_checked_is_due_when_it_must_be_answered():
    application, _officer = make.to_screen()
    assert kept(application)["due"] == Application.objects.get(pk=application.pk).answer_due


def test_a_returned_case_is_due_when_its_correction_is():
    application, _officer, correction = make.returned()
    assert kept(application) == {
        "due": correction.due,
        "correction_due": correction.due,
        "correction_lapsed": False,
    }


def test_what_is_entered_later_and_what_lapses_is_kept_too():
    application, _officer, correction = make.returned()
    later = correction.due + timedelta(days=3)
    Correction.objects.filter(pk=correction.pk).update(due=later, lapsed_at=clock.now())
    assert kept(application) == {"due": later, "correction_due": later, "correction_lapsed": True}
    Correction.objects.filter(pk=correction.pk).update(answered_at=clock.now())
    assert kept(application) == {"due": None, "correction_due": None, "correction_lapsed": False}


def test_the_next_case_is_the_one_after_this_and_then_the_first_again():
    make.many_to_screen(3)
    officer = make.to_screen()[1]
    rows = list(queue(officer))
    assert next_in_queue(officer) == rows[0]
    assert [next_in_queue(officer, row) for row in rows] == [*rows[1:], rows[0]]
