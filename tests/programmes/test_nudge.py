from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.programmes.actions import nudge
from zaiti.programmes.models import Cycle, Nudge


def late():
    return make.cycle(), make.district(), make.holder("officer", make.city())


def test_the_districts_officers_get_the_words_and_the_ledger_a_line():
    cycle, district, by = late()
    officer, approver = make.holder("officer"), make.holder("approver")
    nudge(cycle, district, by=by, text="申报通知应于5月15日前发布。")
    assert "5月15日" in officer.inbox.get().body
    assert not approver.inbox.exists()
    assert Entry.objects.get(verb="nudge").facts["authority"] == district.pk


def test_the_same_words_twice_a_day_are_refused_and_go_out_again_the_next():
    cycle, district, by = late()
    nudge(cycle, district, by=by, text="请报送。")
    with pytest.raises(Refused):
        nudge(cycle, district, by=by, text="请报送。")
    with clock.at(clock.now() + timedelta(days=1)):
        nudge(cycle, district, by=by, text="请报送。")
    assert Nudge.objects.count() == 2


def test_other_words_go_out_the_same_day():
    cycle, district, by = late()
    nudge(cycle, district, by=by, text="请报送。")
    nudge(cycle, district, by=by, text="请公示。")
    assert Nudge.objects.count() == 2


def test_a_district_outside_the_year_is_refused():
    cycle, _district, by = late()
    with pytest.raises(Refused):
        nudge(cycle, make.district("elsewhere"), by=by, text="请报送。")


def test_a_closed_year_is_refused():
    cycle, district, by = late()
    Cycle.objects.update(state=Cycle.State.CLOSED)
    with pytest.raises(Refused):
        nudge(cycle, district, by=by, text="请报送。")


def test_a_district_may_not_nudge():
    cycle, district, _by = late()
    with pytest.raises(PermissionDenied):
        nudge(cycle, district, by=make.holder("officer"), text="请报送。")
