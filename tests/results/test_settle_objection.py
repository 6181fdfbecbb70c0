"""An objection upheld after the report takes the name back; its place may go to a successor."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.outbox.models import Message
from zaiti.papers.typst import render_pdf
from zaiti.publicity.actions import close_posting, post_candidates
from zaiti.ranking.actions import name_successor
from zaiti.results.actions import (
    accept_report,
    prepare_announcement,
    prepare_report,
    send_report,
    settle_objection,
)
from zaiti.results.models import Withdrawal
from zaiti.results.queries import accepted_names


def late_objection(report, *, upholds=True):
    row = report.candidates.order_by("rank").first()
    return make.objection(row.postings.get(), row, state="proposed", upholds=upholds)


def test_before_the_report_it_is_decided_without_a_letter():
    made = make.objection(state="proposed")
    assert settle_objection(made, by=make.holder("approver")) is None
    assert (made.state, Withdrawal.objects.count()) == ("upheld", 0)


@pytest.mark.parametrize("state", ["sent", "accepted"])
def test_after_the_report_the_name_is_blocked_and_withdrawn_by_letter(state):
    report, city_officer = make.report(state), make.holder("officer", make.city())
    withdrawal = settle_objection(late_objection(report), by=make.holder("approver"))
    withdrawal.candidate.refresh_from_db()
    assert (withdrawal.candidate.state, withdrawal.report) == ("blocked", report)
    assert withdrawal.paper.facts["report"] == report.letter.number
    assert render_pdf(withdrawal.paper).startswith(b"%PDF")
    assert Message.objects.filter(to=city_officer, template="results/mail/withdrawn.txt").exists()


def test_rejected_after_the_report_nothing_is_taken_back():
    report = make.report("sent")
    assert settle_objection(late_objection(report, upholds=False), by=make.holder("approver")) is None
    assert {row.state for row in report.candidates.all()} == {"reported"}


def test_the_blocked_name_is_not_announced_but_its_successor_is_after_its_own_days():
    report = make.report("accepted")
    gone = settle_objection(late_objection(report), by=make.holder("approver")).candidate
    follower = name_successor(gone, by=make.holder("officer"), reason="异议成立，依次递补")
    posting = post_candidates(
        report.cycle, report.authority, by=make.holder("approver"), candidates=[follower]
    )
    with clock.at(make.after(posting) + timedelta(minutes=5)):
        close_posting(posting, by=None)
        further = prepare_report(
            report.cycle, report.authority, by=make.holder("officer"), candidates=[follower]
        )
        send_report(further, by=make.holder("approver"))
        accept_report(further, by=make.holder("reviewer", make.city()))
    assert further != report
    assert "补充" in further.letter.title
    assert gone not in accepted_names(report.cycle)
    assert follower in accepted_names(report.cycle)
    prepare_announcement(report.cycle, by=make.holder("officer", make.city()))


def test_an_officer_may_not():
    with pytest.raises(PermissionDenied):
        settle_objection(make.objection(state="proposed"), by=make.holder("officer"))
