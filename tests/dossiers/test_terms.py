"""Terms that reach a year whose holidays are not in force: taken and dated, and set when the table comes."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests import make
from zaiti import clock
from zaiti.applications.actions import submit
from zaiti.applications.models import Application
from zaiti.clock.days import forget_table
from zaiti.dossiers.actions import confirm_year, settle_terms
from zaiti.dossiers.queries import story
from zaiti.dossiers.terms import affected, waiting
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.papers.typst import render_pdf
from zaiti.programmes.actions import draft_holiday_year, edit_special_day
from zaiti.publicity.actions import close_posting, post_candidates
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.screening.actions import return_for_correction
from zaiti.screening.queries import checklist, notice_text
from zaiti.screening.tasks import deem_overdue, lapse_corrections

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YEAR = [("2027-01-01", False, "元旦")]


@pytest.fixture(autouse=True)
def _read_anew():
    forget_table()
    yield
    forget_table()


def on(year: int, month: int, day: int, hour: int = 10):
    return clock.at(datetime(year, month, day, hour, tzinfo=SHANGHAI))


def handed_in_at_year_end() -> Application:
    with on(2026, 12, 28):
        application = make.uploaded(make.filled(make.application()))
    with on(2026, 12, 29):
        submit(application, by=application.contact)
    return application


def enter_2027() -> None:
    officer = make.holder("officer", make.city())
    draft_holiday_year(2027, by=officer, source="示例", days=NEW_YEAR)
    confirm_year(2027, by=officer)


def test_handing_in_without_next_years_table_is_taken_and_its_day_is_to_come():
    application = handed_in_at_year_end()
    assert (application.state, application.answer_due) == (Application.State.SUBMITTED, None)
    assert waiting() == 1
    told = story(application, application.contact).whereabouts
    assert told is not None
    assert isinstance(told.until, clock.ToCome)
    receipt = application.submissions.get().paper
    assert receipt.facts["answer_due"] is None
    assert render_pdf(receipt).startswith(b"%PDF")


def test_the_clock_never_takes_an_unknown_day_for_one_that_is_over():
    application = handed_in_at_year_end()
    with on(2027, 3, 1):
        assert deem_overdue() == []
        assert settle_terms() == 0
    application.refresh_from_db()
    assert application.state == Application.State.SUBMITTED


def test_the_table_sets_the_day_by_itself_on_the_ledger_and_tells_both_sides():
    application, officer = handed_in_at_year_end(), make.holder("officer")
    with on(2026, 12, 30):
        enter_2027()
    application.refresh_from_db()
    assert application.answer_due == date(2027, 1, 6)  # 30, 31; 4, 5, 6: 1 January is a holiday
    assert waiting() == 0
    entry = Entry.objects.get(verb="settle_term")
    assert (entry.thing_id, entry.facts["due"]) == (application.pk, "2027-01-06")
    told = set(Message.objects.filter(template__contains="term_settled").values_list("to", flat=True))
    assert {application.contact_id, officer.pk} <= told


def test_an_objection_at_year_end_is_taken_and_set_later():
    with on(2026, 12, 14):
        posting = make.posting()
    with on(2026, 12, 21):
        made = make.objection(posting, email="a@example.com")
        assert made.due is None
        assert render_pdf(made.receipt).startswith(b"%PDF")
    with on(2026, 12, 30):
        enter_2027()
    made.refresh_from_db()
    assert made.due == date(2027, 1, 5)
    assert Entry.objects.filter(verb="settle_term", thing_id=made.pk).exists()


def test_a_correction_without_a_countable_day_waits_and_never_lapses():
    with on(2026, 12, 28):
        application, officer = make.to_screen()
        make.faulty(application, officer)
        sent = return_for_correction(
            application, by=officer, reasons=notice_text(application, checklist(application))
        )
    assert sent.due is None
    assert render_pdf(sent.paper).startswith(b"%PDF")
    with on(2027, 2, 1):
        assert lapse_corrections() == []
    with on(2026, 12, 31):
        enter_2027()
    sent.refresh_from_db()
    days = application.call.cycle.correction_days
    assert sent.due == clock.add_working_days(date(2026, 12, 28), days)


def test_a_day_that_nobody_could_know_begins_when_the_table_comes():
    with on(2026, 12, 28):
        application, officer = make.to_screen()
        make.faulty(application, officer)
        sent = return_for_correction(
            application, by=officer, reasons=notice_text(application, checklist(application))
        )
    with on(2027, 3, 1):
        enter_2027()
    sent.refresh_from_db()
    assert sent.due == clock.add_working_days(date(2027, 3, 1), application.call.cycle.correction_days)


def test_a_later_change_of_the_table_is_shown_and_changes_no_day_given():
    with on(2026, 12, 1):
        application = make.uploaded(make.filled(make.application()))
        submit(application, by=application.contact)
        given, reader = application.answer_due, make.holder("officer")
        assert affected(reader) == []
        keeper = make.holder("officer", make.city())
        edit_special_day(date(2026, 12, 3), by=keeper, working=False, name="示例")
        forget_table()
        (row,) = affected(reader)
    application.refresh_from_db()
    assert application.answer_due == given == row.given == date(2026, 12, 8)
    assert row.counted == date(2026, 12, 9)


def test_a_posting_that_an_official_begins_is_refused_in_a_sentence():
    with on(2026, 12, 1):
        made = make.candidate_list(CandidateList.State.APPROVED)
    names = make.candidates(made, Candidate.State.LISTED)
    officer = make.holder("officer", made.authority)
    with on(2026, 12, 30), pytest.raises(Exception, match="2027"):
        post_candidates(made.cycle, made.authority, by=officer, candidates=names)


def test_a_posting_that_ends_this_year_is_closed_as_ever():
    with on(2026, 12, 14):
        posting = make.posting()
    with on(2026, 12, 22):
        close_posting(posting, by=None)
    assert posting.state == posting.State.CLOSED
