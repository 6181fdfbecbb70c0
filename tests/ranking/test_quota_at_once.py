"""Two officers at once, on two connections: the list never passes the quota."""

import pytest
from django.db import transaction

from tests import make
from tests.at_once import at_once
from zaiti import clock
from zaiti.ledger.moves import move
from zaiti.programmes.models import Quota
from zaiti.ranking.actions import decide_list, name_successor
from zaiti.ranking.models import Candidate, CandidateList

pytestmark = pytest.mark.django_db(transaction=True)


def placed() -> int:
    return Candidate.objects.filter(state__in=Candidate.PLACED).count()


@pytest.mark.parametrize("_time", range(3))
def test_two_names_for_the_last_place(_time):
    made = make.candidate_list(places=1)
    rows = list(made.candidates.all())[:2]
    ends = at_once(*(lambda row=row: move(row, "list", by=None) for row in rows))
    assert sorted(ends) == ["IntegrityError", "done"]
    assert placed() == 1


@pytest.mark.parametrize("_time", range(3))
def test_two_decisions_upon_one_list(_time):
    made, officers = make.candidate_list(), [make.holder("officer"), make.holder("reviewer")]
    keys = [row.pk for row in made.candidates.all()]
    choices = [({keys[0], keys[1]}, {}), ({keys[0], keys[2]}, {keys[1]: "外迁", keys[2]: "递补"})]

    def decide(number: int) -> None:
        listed, reasons = choices[number]
        mine = CandidateList.objects.get(pk=made.pk)
        decide_list(
            mine,
            by=officers[number],
            meeting_on=clock.today(),
            meeting_text="…",
            listed=listed,
            reasons=reasons,
        )

    assert sorted(at_once(lambda: decide(0), lambda: decide(1))) == ["Refused", "done"]
    assert placed() == 2


@pytest.mark.parametrize("_time", range(3))
def test_a_decision_while_the_city_takes_a_place_away(_time):
    made = make.candidate_list()

    def take_away() -> None:
        with transaction.atomic():
            quota = Quota.objects.select_for_update().get(carrier_type=made.carrier_type)
            quota.places = 1
            quota.save()

    ends = at_once(lambda: make.decide_as_suggested(CandidateList.objects.get(pk=made.pk)), take_away)
    assert ends.count("done") == 1
    assert placed() <= Quota.objects.get(carrier_type=made.carrier_type).places


@pytest.mark.parametrize("_time", range(3))
def test_two_successors_for_one_place(_time):
    made = make.candidate_list("approved", totals=(90, 85, 80, 75))
    gone, officers = make.candidates(made)[0], [make.holder("officer"), make.holder("reviewer")]
    move(gone, "post", by=None)
    move(gone, "block", by=None)
    ends = at_once(
        *(
            lambda by=by: name_successor(Candidate.objects.get(pk=gone.pk), by=by, reason="递补")
            for by in officers
        )
    )
    assert sorted(ends) == ["Refused", "done"]
    assert placed() == 2
