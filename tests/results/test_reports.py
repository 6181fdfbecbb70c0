"""A district's report: prepared, approved and sent by two persons, answered by the city."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.papers.typst import render_pdf
from zaiti.programmes.models import Cycle
from zaiti.publicity.actions import decide_objection
from zaiti.ranking.models import Candidate
from zaiti.results.actions import accept_report, prepare_report, return_report, send_back_report, send_report
from zaiti.results.models import Report
from zaiti.results.queries import is_late, reportable

pytestmark = pytest.mark.stands("cleared")


def city_reviewer():
    return make.holder("reviewer", make.city())


def prepare(names, **fields):
    by = fields.pop("by", None) or make.holder("officer", names[0].authority)
    return prepare_report(
        names[0].cycle, fields.pop("authority", names[0].authority), by=by, candidates=names, **fields
    )


def test_it_is_prepared_with_the_names_that_passed():
    names, approver = make.cleared(), make.holder("approver")
    made = prepare(names, opinion="同意报送。")
    assert (made.state, set(made.candidates.all()), made.opinion) == ("prepared", set(names), "同意报送。")
    assert Message.objects.filter(to=approver, template="results/mail/prepared.txt").exists()


def test_names_still_posted_are_refused():
    with pytest.raises(Refused, match="not passed publicity"):
        prepare([make.named(make.posting(code="studio"))])


def test_an_open_objection_keeps_a_name_from_the_report():
    names = make.cleared()
    make.objection(names[0].postings.get(), names[0])
    with pytest.raises(Refused, match="not answered yet"):
        prepare(names)
    assert names[0] not in reportable(names[0].cycle, names[0].authority)
    assert prepare(names[1:]).candidates.count() == 1


def test_an_empty_report_is_refused():
    row = make.cleared()[0]
    with pytest.raises(Refused, match="at least one"):
        prepare_report(row.cycle, row.authority, by=make.holder("officer"), candidates=[])


def test_a_name_stands_in_one_report_only():
    names = make.cleared()
    prepare(names[:1])
    with pytest.raises(Refused, match="another report"):
        prepare(names)
    assert set(reportable(names[0].cycle, names[0].authority)) == {names[1]}


def test_another_districts_names_are_refused():
    names, other = make.cleared(), make.district("futian")
    with pytest.raises(Refused, match="this district"):
        prepare(names, authority=other, by=make.holder("officer", other))


def test_a_closed_year_is_refused():
    names = make.cleared()
    Cycle.objects.update(state=Cycle.State.CLOSED)
    names[0].cycle.refresh_from_db()
    with pytest.raises(Refused, match="not under way"):
        prepare(names)


def test_sent_it_carries_letter_and_list_and_the_names_are_reported():
    made, approver = make.report(), make.holder("approver")
    send_report(made, by=approver)
    assert (made.state, made.approved_by, made.letter.kind, made.listing.kind) == (
        "sent",
        approver,
        "report",
        "report_list",
    )
    assert {row.state for row in made.candidates.all()} == {"reported"}
    assert [len(row) for row in made.listing.facts["rows"]] == [6, 6]
    for paper in (made.letter, made.listing):
        assert render_pdf(paper).startswith(b"%PDF")


def test_the_citys_people_are_told():
    officer = make.holder("officer", make.city())
    make.report("sent")
    assert Message.objects.filter(to=officer, template="results/mail/sent.txt").exists()


def test_a_report_past_the_deadline_goes_out_marked_late():
    made = make.report()
    made.cycle.report_deadline = clock.today() - timedelta(days=1)
    made.cycle.save()
    send_report(made, by=make.holder("approver"))
    assert is_late(made)
    assert Entry.objects.get(verb="send", thing_id=made.pk).facts["late"] is True


def test_on_the_last_day_it_is_in_time():
    made = make.report()
    made.cycle.report_deadline = clock.today()
    assert not is_late(made)


def test_an_objection_after_preparing_stops_the_sending():
    made = make.report()
    row = made.candidates.first()
    make.objection(row.postings.get(), row)
    with pytest.raises(Refused, match="not answered yet"):
        send_report(made, by=make.holder("approver"))


def test_a_name_blocked_after_preparing_stops_the_sending():
    made = make.report()
    row = made.candidates.first()
    decide_objection(make.objection(row.postings.get(), row, state="proposed"), by=make.holder("approver"))
    with pytest.raises(Refused, match="not passed publicity"):
        send_report(made, by=make.holder("approver"))


def test_who_prepared_it_may_not_send_it():
    made = make.report()
    make.now_approves(made.prepared_by, made.authority)
    with pytest.raises(PermissionDenied):
        send_report(made, by=made.prepared_by)


def test_returned_it_goes_to_its_writer_and_can_be_prepared_again():
    made = make.report()
    return_report(made, by=make.holder("approver"), reason="补充区里意见")
    assert (made.state, made.sent_back_reason) == ("draft", "补充区里意见")
    assert Message.objects.filter(to=made.prepared_by, template="results/mail/returned.txt").exists()
    again = prepare(list(made.candidates.all()))
    assert (again, again.state, again.sent_back_reason) == (made, "prepared", "")


def test_sent_back_by_the_city_its_names_can_be_reported_anew():
    made = make.report("sent")
    send_back_report(made, by=city_reviewer(), reason="名单缺少统一社会信用代码")
    assert (made.state, made.sent_back_reason) == ("sent_back", "名单缺少统一社会信用代码")
    assert {row.state for row in made.candidates.all()} == {"cleared"}
    again = prepare(list(made.candidates.all()))
    send_report(again, by=make.holder("approver"))
    assert (again, again.state) == (made, "sent")


def test_accepted_the_district_is_told():
    officer = make.holder("officer")
    made = make.report("sent")
    accept_report(made, by=city_reviewer())
    assert made.state == "accepted"
    assert Message.objects.filter(to=officer, template="results/mail/accepted.txt").exists()


DEEDS = {
    "return_to_officer": lambda made, by: return_report(made, by=by, reason="…"),
    "send": lambda made, by: send_report(made, by=by),
    "send_back": lambda made, by: send_back_report(made, by=by, reason="…"),
    "accept": lambda made, by: accept_report(made, by=by),
}


def doer(verb):
    return city_reviewer() if verb in ("send_back", "accept") else make.holder("approver")


@pytest.mark.parametrize(("verb", "state"), [(verb, s) for verb in DEEDS for s in make.others(Report, verb)])
def test_each_step_is_refused_in_any_other_state(verb, state):
    made = make.report()
    Report.objects.update(state=state)
    with pytest.raises(Refused):
        DEEDS[verb](made, doer(verb))


@pytest.mark.parametrize("verb", DEEDS)
@pytest.mark.parametrize("role", ["officer", "supervisor"])
def test_others_may_do_none_of_it(verb, role):
    with pytest.raises(PermissionDenied):
        DEEDS[verb](make.report(), make.holder(role))


def test_the_city_sees_no_drafts():
    made = make.report()
    return_report(made, by=make.holder("approver"), reason="…")
    assert not Report.objects.visible_to(city_reviewer()).exists()
    assert Report.objects.visible_to(make.holder("officer")).exists()
    assert not Report.objects.visible_to(make.holder("officer", make.district("futian"))).exists()
    assert made.candidates.first().state == Candidate.State.CLEARED
