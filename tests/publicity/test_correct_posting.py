"""A corrected posting restarts the days for what it changes, and for that alone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.publicity.actions import (
    close_posting,
    prepare_posting_correction,
    publish_posting_correction,
    send_back_posting_correction,
)
from zaiti.publicity.models import Posting
from zaiti.publicity.tasks import end_postings
from zaiti.ranking.models import Candidate

FRIDAY = datetime(2025, 6, 27, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TUESDAY = FRIDAY + timedelta(days=4)


def corrected() -> tuple[Posting, Posting]:
    """A posting of Friday and its correction of Tuesday, which changes the first name."""
    with clock.at(FRIDAY):
        old = make.posting()
    with clock.at(TUESDAY):
        return old, make.corrected_posting(old)


def prepared_by_officer(old: Posting, reason: str, names: list[Candidate]) -> None:
    prepare_posting_correction(old, by=make.holder("officer"), reason=reason, candidates=names)


def test_until_another_person_publishes_it_the_old_text_stands():
    old = make.posting()
    made = make.prepared_correction(old)
    old.refresh_from_db()
    assert (old.state, Posting.objects.count(), make.named(old).state) == ("open", 1, "posted")
    for other in (made.prepared_by, make.holder("officer"), make.holder("approver", make.district("futian"))):
        with pytest.raises(PermissionDenied):
            publish_posting_correction(made, by=other)
    new = publish_posting_correction(made, by=make.holder("approver"))
    old.refresh_from_db()
    assert (old.state, new.replaces, made.published) == ("replaced", old, new)
    assert new.paper.number != old.paper.number


def test_the_days_count_from_the_publication():
    with clock.at(FRIDAY):
        made = make.prepared_correction(make.posting())
    with clock.at(TUESDAY):
        new = publish_posting_correction(made, by=make.holder("approver"))
    assert new.last_day.isoformat() == "2025-07-08"


def test_sent_back_the_same_correction_is_prepared_anew():
    old = make.posting()
    made = make.prepared_correction(old)
    send_back_posting_correction(made, by=make.holder("approver"), reason="请核实")
    again = make.prepared_correction(old, make.named(old, 1), reason="错字")
    assert (again.pk, again.state, list(again.candidates.all())) == (
        made.pk,
        "prepared",
        [make.named(old, 1)],
    )


def test_one_correction_waits_at_a_time():
    old = make.posting()
    make.prepared_correction(old)
    with pytest.raises(Refused, match="waits for approval"):
        make.prepared_correction(old)


def test_what_changed_meanwhile_is_refused_at_approval():
    old = make.posting()
    made = make.prepared_correction(old)
    Candidate.objects.filter(pk=make.named(old).pk).update(state=Candidate.State.BLOCKED)
    with pytest.raises(Refused, match="not being posted"):
        publish_posting_correction(made, by=make.holder("approver"))
    with clock.at(make.after(old)):
        close_posting(old, by=None)
        with pytest.raises(Refused, match="has ended"):
            publish_posting_correction(made, by=make.holder("approver"))
    made.refresh_from_db()
    assert made.state == "prepared"


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
        new = make.corrected_posting(old, other[0], reason="漏登")
    other[0].refresh_from_db()
    assert (new.names.count(), other[0].state) == (3, Candidate.State.POSTED)


def test_without_a_reason_or_a_change_it_is_refused():
    old = make.posting()
    for reason, names in (("", [make.named(old)]), ("更正", [])):
        with pytest.raises(Refused, match="at least one"):
            prepared_by_officer(old, reason, names)


def test_a_posting_that_has_ended_is_not_corrected():
    old = make.posting()
    with clock.at(make.after(old)):
        close_posting(old, by=None)
        with pytest.raises(Refused, match="has ended"):
            make.prepared_correction(old)


def test_a_replaced_posting_is_not_corrected_again():
    old, _new = corrected()
    with pytest.raises(Refused, match="replaced"):
        make.prepared_correction(old)


def test_another_district_may_not():
    old, stranger = make.posting(), make.holder("officer", make.district("futian"))
    with pytest.raises(PermissionDenied):
        prepare_posting_correction(old, by=stranger, reason="更正", candidates=[make.named(old)])
