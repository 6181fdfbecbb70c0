"""The timeline, the steps and the whereabouts of a case."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localtime

from tests import make
from zaiti import clock
from zaiti.carriers.actions import answer_rectification, settle_rectification
from zaiti.dossiers.queries import steps, story, timeline, whereabouts
from zaiti.ledger.models import Entry
from zaiti.ranking.models import Candidate
from zaiti.screening.actions import accept, answer_correction


def states(application):
    return [step.state for step in steps(application)]


def words(application, user):
    return [str(event.what) for event in timeline(application, user)]


def recognised():
    carrier = make.carrier()
    return carrier, carrier.candidate.review.application


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", ["now", "todo", "todo", "todo", "todo", "todo"]),
        ("withdrawn", ["stopped", "todo", "todo", "todo", "todo", "todo"]),
        ("submitted", ["done", "now", "todo", "todo", "todo", "todo"]),
        ("returned", ["done", "now", "todo", "todo", "todo", "todo"]),
        ("declined", ["done", "stopped", "todo", "todo", "todo", "todo"]),
        ("accepted", ["done", "done", "now", "todo", "todo", "todo"]),
    ],
)
def test_the_steps_follow_the_application(state, expected):
    assert states(make.application(state)) == expected


def test_the_steps_carry_the_days_they_were_done():
    application, officer = make.to_screen()
    accept(make.in_order(application, officer), by=officer)
    bar = steps(application)
    assert [step.on for step in bar[:3]] == [clock.today(), clock.today(), None]
    assert bar[0].note == clock.today().isoformat()


def test_the_days_of_the_steps_are_those_of_their_rows():
    carrier, application = recognised()
    name, earlier = application.review.candidate, clock.now() - timedelta(days=9)
    name.reports.update(sent_at=earlier)
    ended = localtime(name.postings.get().closed_at).date()
    days = [step.on for step in steps(application)]
    assert days[3:] == [ended, localtime(earlier).date(), carrier.recognised_on]


@pytest.mark.parametrize("state", ["open", "visited", "discussed"])
def test_under_review_the_third_step_is_the_present_one(state):
    assert states(make.review(state).application)[2] == "now"


def test_a_carrier_has_all_steps_behind_it():
    _carrier, application = recognised()
    assert states(application) == ["done"] * 6
    assert steps(application)[5].on == clock.today()


def test_a_blocked_name_stops_at_publicity():
    name = make.cleared()[0]
    Candidate.objects.filter(pk=name.pk).update(state="blocked")
    assert states(name.review.application)[3] == "stopped"
    assert whereabouts(name.review.application) is None


def test_a_name_that_was_not_chosen_ends_with_the_year():
    made = make.announcement()
    left = Candidate.objects.get(cycle=made.cycle, state="ranked")
    assert whereabouts(left.review.application).what == "The candidate list is posted"
    made.cycle.state = "closed"
    made.cycle.save()
    assert states(left.review.application)[3] == "stopped"
    assert whereabouts(left.review.application) is None


def test_who_owes_what_until_when():
    application = make.application()
    assert whereabouts(application)[1:] == (application.organisation, application.call.closes_at)
    application, _officer = make.to_screen(organisation=make.organisation())
    assert whereabouts(application)[1:] == (application.authority, application.answer_due)


def test_after_the_window_a_draft_is_owed_by_nobody():
    application = make.application()
    with clock.at(application.call.closes_at):
        assert whereabouts(application).owner == ""


def test_a_returned_case_waits_for_its_unit_and_then_for_the_bureau():
    application, _officer, correction = make.returned()
    assert whereabouts(application)[1:] == (application.organisation, correction.due)
    with clock.at(clock.end_of_day(correction.due)):
        assert whereabouts(application).owner == application.authority


@pytest.mark.parametrize("state", ["open", "visited", "discussed", "scored"])
def test_each_stage_of_a_review_has_a_next_step(state):
    assert whereabouts(make.review(state).application).what


def test_a_posted_name_waits_for_its_last_day():
    posting = make.posting()
    assert whereabouts(make.named(posting).review.application).until == posting.last_day


def test_the_next_step_after_publicity():
    name = make.cleared()[0]
    application = name.review.application
    assert whereabouts(application)[1:] == (name.authority, name.cycle.report_deadline)
    make.report("sent", names=[name])
    assert whereabouts(application).owner == name.cycle.city


def test_a_carrier_told_to_correct_owes_the_answer():
    carrier, application = recognised()
    told = make.rectification(carrier)
    assert whereabouts(application)[1:] == (carrier.organisation, told.due)
    answer_rectification(told, by=make.owner_of(carrier), answer="已改正。")
    assert whereabouts(application).owner == carrier.authority
    settle_rectification(told, by=make.holder("officer"), conclusion="属实。")
    assert whereabouts(application).owner == carrier.organisation


def test_the_district_reads_the_whole_story_with_names():
    posting = make.posting()
    application = make.named(posting).review.application
    officer = make.holder("officer")
    told = words(application, officer)
    assert told[0] == "posted the name publicly"
    assert "put the name on the candidate list" in told
    posted = timeline(application, officer)[0]
    assert posted.by == Entry.objects.filter(verb="post").last().actor
    assert [paper.label for paper in posted.papers] == [posting.paper.title]


def test_the_applicant_reads_no_scores_no_experts_no_objectors_and_no_officials_name():
    posting = make.posting()
    make.objection(posting, state="proposed")
    application = make.named(posting).review.application
    events = timeline(application, application.contact)
    assert "posted the name publicly" in [event.what for event in events]
    assert all("objection" not in str(event.what) and "list" not in str(event.what) for event in events)
    assert {str(event.by) for event in events} <= {str(application.contact), str(application.authority)}
    kinds = {paper.label for event in events for paper in event.papers}
    assert kinds <= {posting.paper.title}


def test_the_applicant_reads_why_it_was_returned():
    application, _officer, correction = make.returned()
    event = timeline(application, application.contact)[0]
    assert event.note == correction.reasons
    assert event.by == application.authority
    assert [paper.note for paper in event.papers] == [correction.paper.number]


def test_an_objection_is_told_to_officials_without_its_author():
    posting = make.posting()
    make.objection(posting)
    events = timeline(make.named(posting).review.application, make.holder("officer"))
    assert next(event for event in events if event.what == "an objection came in").by == ""


def test_a_corrected_case_has_each_paper_beside_its_own_deed():
    application, officer, _correction = make.returned()
    for material in application.materials.filter(open_for_correction=True):
        make.material_version(application, material.requirement, content=make.pdf(text="again"))
    submission = answer_correction(application, by=application.contact)
    again = next(e for e in timeline(application, officer) if e.what.startswith("corrected"))
    assert [paper.note for paper in again.papers] == [submission.paper.number]


def test_an_expert_reads_only_what_judging_needs():
    review = make.review("scored")
    expert = review.panel.seats.first().expert.user
    assert set(words(review.application, expert)) <= {
        "handed the application in",
        "accepted the application",
        "recorded the site visit",
    }


def test_the_city_reads_no_single_score_sheet():
    sheet = make.sheet()
    application = sheet.review.application
    assert "opened a score sheet" not in words(application, make.holder("officer", make.city()))
    assert timeline(application, make.holder("officer", make.city())) is not None


@pytest.mark.parametrize(
    "stranger",
    [
        AnonymousUser,
        make.applicant,
        lambda: make.holder("officer", make.district("futian")),
        lambda: make.user(is_admin=True),
        lambda: make.holder("auditor"),
    ],
)
def test_strangers_learn_nothing(stranger):
    application, _officer = make.to_screen()
    assert timeline(application, stranger()) == []


def test_a_draft_is_its_units_own():
    assert timeline(make.application(), make.holder("officer")) == []


def test_a_story_costs_the_same_however_long(django_assert_num_queries):
    draft = make.application()
    draft.contact.live_posts()  # a page has read them before
    with django_assert_num_queries(3):
        story(draft, draft.contact)
    carrier, application = recognised()
    make.rectification(carrier)
    owner = make.owner_of(carrier)
    owner.live_posts()
    with django_assert_num_queries(3):
        told = story(application, owner)
    assert len(told.events) >= 5
