"""A blocked name's place goes to the next that reaches the pass line, or stays empty."""

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.ledger.moves import move
from zaiti.ranking.actions import name_successor
from zaiti.ranking.models import Candidate


def blocked(**fields) -> Candidate:
    """The first of an approved list, posted and then blocked."""
    first = make.candidates(make.candidate_list("approved", **fields))[0]
    move(first, "post", by=None)
    move(first, "block", by=None)
    return first


def test_the_next_in_the_ranking_follows():
    gone, officer = blocked(), make.holder("officer")
    chosen = name_successor(gone, by=officer, reason="异议成立，依次递补")
    assert (chosen.rank, chosen.state, chosen.successor_of, chosen.named_by) == (3, "listed", gone, officer)
    assert Entry.objects.filter(verb="list", thing_id=chosen.pk, facts__successor_of=gone.pk).exists()


def test_below_the_line_nobody_follows_and_the_place_stays_empty():
    with pytest.raises(Refused, match="stays empty"):
        name_successor(blocked(totals=(90, 80, 60)), by=make.holder("officer"), reason="递补")


def test_a_place_is_followed_into_once():
    gone = blocked(totals=(90, 85, 80, 75))
    name_successor(gone, by=make.holder("officer"), reason="递补")
    with pytest.raises(Refused, match="not open"):
        name_successor(gone, by=make.holder("officer"), reason="递补")


def test_a_name_that_is_not_blocked_opens_no_place():
    listed = make.candidates(make.candidate_list("approved"))[0]
    with pytest.raises(Refused, match="not open"):
        name_successor(listed, by=make.holder("officer"), reason="递补")


def test_equals_are_chosen_by_the_meeting():
    gone = blocked(totals=(90, 85, 80, 80))
    with pytest.raises(Refused, match="must choose"):
        name_successor(gone, by=make.holder("officer"), reason="递补")
    fourth = gone.list.candidates.get(rank=4)
    assert name_successor(gone, by=make.holder("officer"), reason="表决", choice=fourth).rank == 4


def test_nobody_is_chosen_past_the_next():
    gone = blocked(totals=(90, 85, 80, 75))
    with pytest.raises(Refused, match="Only the next"):
        name_successor(gone, by=make.holder("officer"), reason="…", choice=gone.list.candidates.get(rank=4))


@pytest.mark.parametrize("role", ["approver", "supervisor"])
def test_others_may_not(role):
    with pytest.raises(PermissionDenied):
        name_successor(blocked(), by=make.holder(role), reason="…")
