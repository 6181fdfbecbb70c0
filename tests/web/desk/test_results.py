"""The pages of reports and of the announcement."""

from datetime import timedelta

import pytest

from tests import make
from zaiti import clock
from zaiti.results.models import Announcement, Report

MOST_QUERIES = 12


@pytest.fixture
def enter(client):
    """Sign someone in and give the client."""

    def as_(user):
        client.force_login(user)
        return client

    return as_


def city(role):
    return make.holder(role, make.city())


def test_a_report_goes_from_hand_to_hand(enter):
    names = make.cleared()
    row, browser = names[0], enter(make.holder("officer"))
    write = f"/desk/results/reports/write/{row.cycle_id}/{row.authority_id}/"
    assert write in browser.get("/desk/results/").text
    assert str(row) in browser.get(write).text
    assert browser.post(f"{write}prepare/").status_code == 422
    here = browser.post(f"{write}prepare/", {"names": [n.pk for n in names], "opinion": "同意。"}).url
    browser = enter(make.holder("approver"))
    for name in ("letter", "list"):
        assert browser.get(f"{here}{name}/").content.startswith(b"%PDF")
    browser.post(f"{here}send/")
    browser = enter(city("reviewer"))
    assert browser.get(here).status_code == 200
    browser.post(f"{here}accept/")
    assert Report.objects.get().state == Report.State.ACCEPTED


@pytest.mark.parametrize(("state", "step"), [("prepared", "return"), ("sent", "send-back")])
def test_a_report_is_given_back_with_a_reason(enter, state, step):
    made = make.report(state)
    here = f"/desk/results/reports/{made.pk}/"
    browser = enter(make.holder("approver") if state == "prepared" else city("reviewer"))
    assert browser.post(f"{here}{step}/", {"reason": ""}).status_code == 422
    browser.post(f"{here}{step}/", {"reason": "请核对"})
    page = enter(make.holder("officer")).get(here).text
    assert "请核对" in page
    assert f"/desk/results/reports/write/{made.cycle_id}/{made.authority_id}/" in page


def test_what_holds_a_name_up_is_said_while_writing(enter):
    row = make.cleared()[0]
    objection = make.objection(row.postings.get(), row)
    row.cycle.report_deadline = clock.today() - timedelta(days=1)
    row.cycle.save()
    browser = enter(make.holder("officer"))
    page = browser.get(f"/desk/results/reports/write/{row.cycle_id}/{row.authority_id}/").text
    assert objection.number in page
    assert "alert-danger" in page


def test_an_officer_may_not_send(enter):
    made = make.report()
    assert enter(make.holder("officer")).post(f"/desk/results/reports/{made.pk}/send/").status_code == 403


def test_the_city_finds_no_draft_and_another_district_no_report(enter):
    made = make.report()
    Report.objects.update(state="draft")
    assert enter(city("reviewer")).get(f"/desk/results/reports/{made.pk}/").status_code == 404
    stranger = enter(make.holder("officer", make.district("futian")))
    assert stranger.get(f"/desk/results/reports/{made.pk}/").status_code == 404


def test_the_announcement_goes_from_hand_to_hand(enter):
    cycle = make.report("accepted").cycle
    here, browser = f"/desk/results/announcements/{cycle.pk}/", enter(city("officer"))
    assert here in browser.get("/desk/results/").text
    assert browser.get(here).status_code == 200
    browser.post(f"{here}prepare/", {"opening": "现予公布。"})
    browser = enter(city("approver"))
    assert browser.get(f"{here}letter/").content.startswith(b"%PDF")
    assert browser.post(f"{here}send-back/", {"reason": ""}).status_code == 422
    browser.post(f"{here}send-back/", {"reason": "请核对名称"})
    browser = enter(city("officer"))
    assert "请核对名称" in browser.get(here).text
    browser.post(f"{here}prepare/", {"opening": ""})
    browser = enter(city("approver"))
    assert browser.post(f"{here}publish/").status_code == 302
    assert Announcement.objects.get().state == "published"
    assert browser.get(here).status_code == 200


def test_a_district_does_not_come_to_the_announcement(enter):
    cycle = make.report("accepted").cycle
    assert enter(make.holder("approver")).get(f"/desk/results/announcements/{cycle.pk}/").status_code == 403


@pytest.mark.parametrize("names", [3, 30])
def test_pages_cost_the_same_at_any_length(enter, names, django_assert_max_num_queries):
    made = make.report("accepted", totals=[90 - n / 2 for n in range(names)], places=min(names, 20))
    browser = enter(city("officer"))
    for url in (
        "/desk/results/",
        f"/desk/results/reports/{made.pk}/",
        f"/desk/results/announcements/{made.cycle_id}/",
    ):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert browser.get(url).status_code == 200
