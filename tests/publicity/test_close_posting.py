"""A posting ends after its last day, and never before."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.outbox.models import Message
from zaiti.publicity.actions import clear_ended, close_posting
from zaiti.publicity.models import Posting
from zaiti.publicity.tasks import end_postings

pytestmark = pytest.mark.stands("posting")


def test_a_second_before_midnight_of_the_last_day_it_is_refused():
    made = make.posting()
    with clock.at(make.after(made) - timedelta(seconds=1)), pytest.raises(Refused, match="24:00"):
        close_posting(made, by=make.holder("officer"))


def test_at_midnight_the_undisputed_names_pass_and_are_told():
    made = make.posting()
    with clock.at(make.after(made)):
        close_posting(made, by=make.holder("officer"))
    assert (made.state, made.closed_at) == ("closed", make.after(made))
    assert {name.candidate.state for name in made.names.all()} == {"cleared"}
    assert Message.objects.filter(template="publicity/mail/cleared.txt").count() == 2


def test_a_name_with_an_open_objection_stays():
    made = make.posting()
    make.objection(made)
    with clock.at(make.after(made)):
        close_posting(made, by=None)
    assert [name.candidate.state for name in made.names.all()] == ["posted", "cleared"]


def test_the_daily_job_closes_what_is_over_and_nothing_else():
    made = make.posting()
    with clock.at(make.after(made) - timedelta(minutes=1)):
        end_postings()
    assert Posting.objects.get().state == Posting.State.OPEN
    with clock.at(make.after(made) + timedelta(minutes=5)):
        end_postings()
    assert Posting.objects.get().state == Posting.State.CLOSED


@pytest.mark.parametrize("state", make.others(Posting, "close"))
def test_it_is_refused_in_any_other_state(state):
    made = make.posting()
    Posting.objects.update(state=state)
    with clock.at(make.after(made)), pytest.raises(Refused):
        close_posting(made, by=None)


@pytest.mark.parametrize("deed", [close_posting, clear_ended])
def test_another_district_may_not(deed):
    with pytest.raises(PermissionDenied):
        deed(make.posting(), by=make.holder("officer", make.district("futian")))
