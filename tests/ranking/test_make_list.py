"""Making the ranking of a finished panel."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.panels.models import Panel
from zaiti.ranking.actions import make_list


def test_it_ranks_by_total_and_marks_whom_the_quota_reaches():
    made = make_list(make.finished_panel((70, 90, 80)), by=make.holder("officer"))
    rows = [(row.rank, row.total, row.suggested) for row in made.candidates.all()]
    assert rows == [(1, Decimal(90), True), (2, Decimal(80), True), (3, Decimal(70), False)]


def test_it_writes_the_ranking_in_the_ledger():
    officer = make.holder("officer")
    made = make_list(make.finished_panel(), by=officer)
    entry = Entry.objects.get(verb="make_list")
    assert (entry.by, entry.thing_id, len(entry.facts["ranking"])) == (officer, made.pk, 3)


def test_an_application_below_the_line_is_ranked_but_not_suggested():
    made = make_list(make.finished_panel((90, 69)), by=make.holder("officer"))
    last = made.candidates.get(rank=2)
    assert (last.passes, last.suggested, last.fails_because) == (False, False, "总分69.00分，低于合格线70分")


def test_a_weak_category_fails_though_the_total_is_high():
    panel = make.finished_panel((90, 80), categories=[{"甲类": 60, "乙类": 30}, {"甲类": 60, "乙类": 20}])
    made = make_list(panel, by=make.holder("officer"))
    assert made.candidates.get(rank=2).fails_because == "“乙类”20分，低于该类满分40分的60%"


def test_a_tie_at_the_line_is_left_to_the_meeting():
    made = make_list(make.finished_panel((90, 80, 80)), by=make.holder("officer"))
    assert [(row.tied, row.suggested) for row in made.candidates.all()] == [
        (False, True),
        (True, False),
        (True, False),
    ]


def test_without_a_quota_nobody_is_suggested():
    made = make_list(make.finished_panel(places=0), by=make.holder("officer"))
    assert not made.candidates.filter(suggested=True).exists()


def test_a_panel_is_ranked_once():
    panel = make.finished_panel()
    make_list(panel, by=make.holder("officer"))
    with pytest.raises(Refused, match="ranked already"):
        make_list(panel, by=make.holder("officer"))


@pytest.mark.parametrize("state", [s for s in Panel.State.values if s != "closed"])
def test_a_panel_that_has_not_finished_is_refused(state):
    panel = make.finished_panel()
    Panel.objects.filter(pk=panel.pk).update(state=state)
    with pytest.raises(Refused, match="not finished"):
        make_list(panel, by=make.holder("officer"))


def test_a_panel_with_an_unscored_application_is_refused():
    panel = make.finished_panel()
    make.review("discussed", panel=panel)
    with pytest.raises(Refused, match="not finished"):
        make_list(panel, by=make.holder("officer"))


def test_an_empty_panel_is_refused():
    with pytest.raises(Refused, match="nothing to rank"):
        make_list(make.finished_panel(()), by=make.holder("officer"))


def test_another_district_may_not():
    with pytest.raises(PermissionDenied):
        make_list(make.finished_panel(), by=make.holder("officer", make.district("futian")))


def test_an_approver_may_not():
    with pytest.raises(PermissionDenied):
        make_list(make.finished_panel(), by=make.holder("approver"))
