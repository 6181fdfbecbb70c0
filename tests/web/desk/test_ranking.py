"""The ranking pages."""

import pytest
from lxml.html import fromstring

from tests import make
from zaiti import clock
from zaiti.accounts.models import User
from zaiti.ledger.moves import move
from zaiti.programmes.models import Quota
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.web.desk.ranking import context

MOST_QUERIES = 12


@pytest.fixture
def enter(client):
    """Sign someone in and give the client."""

    def as_(user: User):
        client.force_login(user)
        return client

    return as_


def decision(made, **fields):
    rows = made.candidates.filter(suggested=True)
    kept = {"meeting_on": clock.today().isoformat(), "meeting_text": "同意。", "listed": [r.pk for r in rows]}
    return kept | fields


def test_a_finished_panel_waits_and_is_ranked_by_one_button(enter):
    panel = make.finished_panel()
    browser = enter(make.holder("officer"))
    assert f"/desk/ranking/panels/{panel.pk}/make/" in browser.get("/desk/ranking/").text
    answer = browser.post(f"/desk/ranking/panels/{panel.pk}/make/")
    made = CandidateList.objects.get()
    assert answer.url == f"/desk/ranking/{made.pk}/"


def test_the_suggested_names_are_ticked_at_first(enter):
    made = make.candidate_list()
    page = enter(make.holder("officer")).get(f"/desk/ranking/{made.pk}/")
    assert page.text.count(" checked") == 2


def test_the_meetings_decision_is_written_down(enter):
    made = make.candidate_list()
    answer = enter(make.holder("officer")).post(f"/desk/ranking/{made.pk}/decide/", decision(made))
    made.refresh_from_db()
    assert (answer.status_code, made.state) == (302, "decided")


def test_a_departure_carries_its_reason_from_the_row(enter):
    made = make.candidate_list()
    first, second, third = made.candidates.all()
    fields = {"listed": [first.pk, third.pk], f"reason_{second.pk}": "外迁", f"reason_{third.pk}": "依次列入"}
    enter(make.holder("officer")).post(f"/desk/ranking/{made.pk}/decide/", decision(made, **fields))
    third.refresh_from_db()
    assert (third.state, third.deviation_reason) == ("listed", "依次列入")


def test_a_departure_without_a_reason_is_refused_in_a_sentence(enter):
    made = make.candidate_list()
    answer = enter(make.holder("officer")).post(f"/desk/ranking/{made.pk}/decide/", decision(made, listed=[]))
    assert answer.status_code == 409


def test_what_is_missing_in_the_form_is_said_and_what_was_ticked_stays(enter):
    made = make.candidate_list()
    fields = decision(made, meeting_text="", listed=[])
    answer = enter(make.holder("officer")).post(f"/desk/ranking/{made.pk}/decide/", fields)
    assert answer.status_code == 422
    assert " checked" not in answer.text


def test_the_approver_reads_the_summary_and_approves(enter):
    made = make.candidate_list("decided")
    browser = enter(make.holder("approver"))
    assert browser.get(f"/desk/ranking/{made.pk}/summary/").content.startswith(b"%PDF")
    browser.post(f"/desk/ranking/{made.pk}/approve/")
    made.refresh_from_db()
    assert made.state == "approved"


def test_the_approver_sends_back_with_a_reason(enter):
    made, browser = make.candidate_list("decided"), enter(make.holder("approver"))
    assert browser.post(f"/desk/ranking/{made.pk}/send-back/", {"reason": ""}).status_code == 422
    browser.post(f"/desk/ranking/{made.pk}/send-back/", {"reason": "请核对"})
    assert "请核对" in enter(make.holder("officer")).get(f"/desk/ranking/{made.pk}/").text


def test_an_officer_who_approves_is_told_no(enter):
    made = make.candidate_list("decided")
    assert enter(make.holder("officer")).post(f"/desk/ranking/{made.pk}/approve/").status_code == 403


def test_a_successor_is_named_from_the_page(enter):
    made = make.candidate_list("approved")
    gone = make.candidates(made)[0]
    move(gone, "post", by=None)
    move(gone, "block", by=None)
    third, browser = made.candidates.get(rank=3), enter(make.holder("officer"))
    assert f"/desk/ranking/candidates/{gone.pk}/successor/" in browser.get(f"/desk/ranking/{made.pk}/").text
    url = f"/desk/ranking/candidates/{gone.pk}/successor/"
    assert browser.post(url, {"choice": third.pk}).status_code == 422
    browser.post(url, {"choice": third.pk, "reason": "依次递补"})
    third.refresh_from_db()
    assert third.state == Candidate.State.LISTED


def test_another_district_finds_nothing(enter):
    made = make.candidate_list()
    browser = enter(make.holder("officer", make.district("futian")))
    assert browser.get(f"/desk/ranking/{made.pk}/").status_code == 404
    assert browser.post(f"/desk/ranking/{made.pk}/decide/", decision(made)).status_code == 404


@pytest.mark.parametrize("role", ["auditor", "supervisor"])
def test_no_official_no_entry(enter, role):
    assert enter(make.holder(role)).get("/desk/ranking/").status_code == 403


@pytest.mark.parametrize("names", [3, 30])
def test_a_ranking_costs_the_same_at_any_length(enter, names, django_assert_max_num_queries):
    made = make.candidate_list("decided", totals=[90 - n / 2 for n in range(names)])
    browser = enter(make.holder("approver"))
    with django_assert_max_num_queries(MOST_QUERIES):
        browser.get(f"/desk/ranking/{made.pk}/")


def test_the_list_costs_the_same_at_any_length(enter, django_assert_max_num_queries):
    for code in ("base", "studio", "station"):
        make.candidate_list(code=code)
    browser = enter(make.holder("officer"))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert browser.get("/desk/ranking/").status_code == 200


def test_a_long_ranking_is_read_a_page_at_a_time(enter, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(context, "SHOWN", 2)
    made = make.candidate_list(totals=[90 - n for n in range(7)], places=5)
    browser = enter(make.holder("officer"))
    with django_assert_max_num_queries(MOST_QUERIES):
        page = browser.get(f"/desk/ranking/{made.pk}/?page=3")
    assert [row.rank for row in page.context["rows"]] == [5, 6]
    assert (page.text.count(" checked"), page.context["form"].ticked_elsewhere()) == (1, 4)
    browser.post(f"/desk/ranking/{made.pk}/decide/", leaf(page) | {"meeting_text": "同意。"})
    listed = made.candidates.filter(state="listed").values_list("rank", flat=True)
    assert sorted(listed) == [1, 2, 3, 4, 5]


def test_what_is_ticked_and_written_on_one_page_is_kept_while_another_is_read(enter, monkeypatch):
    monkeypatch.setattr(context, "SHOWN", 2)
    made = make.candidate_list(totals=[90 - n for n in range(5)], places=2)
    first, second, _third, fourth, _fifth = made.candidates.all()
    browser, there = enter(make.holder("officer")), f"/desk/ranking/{made.pk}/decide/"
    page = browser.get(f"/desk/ranking/{made.pk}/")
    ticks = {"listed": [first.pk], f"reason_{second.pk}": "外迁", "meeting_text": "同意。", "turn": "2"}
    page = browser.post(there, leaf(page) | ticks)
    assert (page.status_code, page.context["form"].ticked_elsewhere()) == (200, 1)
    ticks = {"listed": [fourth.pk], f"reason_{fourth.pk}": "依次列入", "turn": "3"}
    page = browser.post(there, leaf(page) | ticks)
    assert page.context["form"].ticked_elsewhere() == 2
    assert browser.post(there, leaf(page)).status_code == 302
    told = made.candidates.exclude(deviation_reason="").values_list("rank", "state", "deviation_reason")
    assert list(told) == [(2, "ranked", "外迁"), (4, "listed", "依次列入")]
    assert made.candidates.filter(state="listed").count() == 2


def test_a_quota_that_changed_between_two_pages_is_told(enter, monkeypatch):
    monkeypatch.setattr(context, "SHOWN", 2)
    made = make.candidate_list(totals=[90 - n for n in range(5)], places=2)
    browser = enter(make.holder("officer"))
    page = browser.get(f"/desk/ranking/{made.pk}/")
    Quota.objects.update(places=3)
    answer = browser.post(f"/desk/ranking/{made.pk}/decide/", leaf(page) | {"meeting_text": "同意。"})
    assert answer.status_code == 422
    assert answer.context["form"].has_error("__all__", "moved")


def leaf(page) -> dict[str, object]:
    """What a browser sends of a page as it stands."""
    (form,) = [one for one in fromstring(page.content).forms if one.action.endswith("/decide/")]
    sent = form.form_values()
    return {name: [value for key, value in sent if key == name] for name, _value in sent}
