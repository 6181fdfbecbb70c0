"""A corrected posting restarts the days for what it changes, and for that alone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.publicity.actions import close_posting, correct_posting
from zaiti.publicity.models import Posting
from zaiti.publicity.tasks import end_postings
from zaiti.ranking.models import Candidate

FRIDAY = datetime(2025, 6, 27, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TUESDAY = FRIDAY + timedelta(days=4)


def corrected(**fields) -> tuple[Posting, Posting]:
    """A posting of Friday and its correction of Tuesday, which changes the first name."""
    with clock.at(FRIDAY):
        old = make.posting()
    with clock.at(TUESDAY):
        new = correct_posting(
            old, by=make.holder("officer"), reason="单位名称有误", candidates=[make.named(old)], **fields
        )
    return old, new


def test_only_the_changed_name_gets_new_days():
    _old, new = corrected()
    assert [(n.changed, n.last_day.isoformat()) for n in new.names.all()] == [
        (True, "2025-07-08"),
        (False, "2025-07-04"),
    ]
    assert new.last_day.isoformat() == "2025-07-08"


def test_the_old_text_stays_and_links_the_new():
    old, new = corrected()
    old.refresh_from_db()
    assert (old.state, new.replaces) == ("replaced", old)
    assert new.publication.replaces == old.publication
    assert "单位名称有误" in new.publication.body


def test_each_name_passes_when_its_own_days_are_over():
    _old, new = corrected()
    with clock.at(make.after(new) - timedelta(days=2)):
        end_postings()
    assert [name.candidate.state for name in new.names.all()] == ["posted", "cleared"]
    with clock.at(make.after(new)):
        end_postings()
    new.refresh_from_db()
    assert [name.candidate.state for name in new.names.all()] == ["cleared", "cleared"]
    assert new.state == Posting.State.CLOSED


def test_a_name_left_out_of_the_posting_can_be_added():
    with clock.at(FRIDAY):
        old = make.posting()
        other = make.candidates(make.candidate_list("approved", code="studio"))
    with clock.at(TUESDAY):
        new = correct_posting(old, by=make.holder("officer"), reason="漏登", candidates=other[:1])
    other[0].refresh_from_db()
    assert (new.names.count(), other[0].state) == (3, Candidate.State.POSTED)


def test_without_a_reason_or_a_change_it_is_refused():
    old = make.posting()
    for reason, names in (("", [make.named(old)]), ("更正", [])):
        with pytest.raises(Refused, match="at least one"):
            correct_posting(old, by=make.holder("officer"), reason=reason, candidates=names)


def test_a_posting_that_has_ended_is_not_corrected():
    old = make.posting()
    with clock.at(make.after(old)):
        close_posting(old, by=None)
        with pytest.raises(Refused, match="not being posted"):
            correct_posting(old, by=make.holder("officer"), reason="更正", candidates=[make.named(old)])


def test_a_replaced_posting_is_not_corrected_again():
    old, _new = corrected()
    with pytest.raises(Refused):
        correct_posting(old, by=make.holder("officer"), reason="更正", candidates=[make.named(old)])


def test_another_district_may_not():
    old, stranger = make.posting(), make.holder("officer", make.district("futian"))
    with pytest.raises(PermissionDenied):
        correct_posting(old, by=stranger, reason="更正", candidates=[make.named(old)])
