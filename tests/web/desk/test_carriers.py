"""The bureaus' pages of the register and its follow-up."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from tests import make
from zaiti import clock
from zaiti.carriers.actions import answer_rectification, report_training
from zaiti.carriers.models import Carrier
from zaiti.carriers.tasks import open_inactivity_checks

pytestmark = pytest.mark.stands("one_carrier")

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


def page_of(carrier):
    return f"/desk/carriers/{carrier.pk}/"


@pytest.mark.parametrize("follow", ["check", "unverified", "answered", "overdue", "defence", "prepared"])
def test_the_list_keeps_what_wants_one_step(enter, follow):
    carrier = make.inactive(36) if follow == "check" else make.carrier()
    owner = make.owner_of(carrier)
    if follow == "check":
        open_inactivity_checks()
    if follow == "unverified":
        report_training(carrier, by=owner, year=carrier.year, sessions=1, people=9)
    if follow in ("answered", "overdue"):
        told = make.rectification(carrier)
        if follow == "answered":
            answer_rectification(told, by=owner, answer="已改正。")
    if follow in ("defence", "prepared"):
        make.revocation(carrier, state="prepared" if follow == "prepared" else "")
    later = clock.now() + timedelta(days=60 if follow == "overdue" else 0)
    browser = enter(city("officer"))
    with clock.at(later):
        assert carrier.certificate_number in browser.get("/desk/carriers/", {"follow": follow}).text
        others = {"check", "unverified", "answered", "overdue", "defence", "prepared"} - {follow}
        for other in others:
            assert carrier.certificate_number not in browser.get("/desk/carriers/", {"follow": other}).text


def test_a_district_tells_to_correct_and_concludes(enter):
    carrier = make.carrier()
    browser = enter(make.holder("officer"))
    write = f"{page_of(carrier)}tell/"
    assert write in browser.get(page_of(carrier)).text
    assert browser.get(write).status_code == 200
    assert browser.post(write, {"text": ""}).status_code == 422
    given = {"ground": "not_performing", "text": "请补报。", "due": clock.today() + timedelta(days=30)}
    assert browser.post(write, given | {"preview": "1"}).content.startswith(b"%PDF")
    assert not carrier.rectifications.exists()
    browser.post(write, given)
    told = carrier.rectifications.get()
    answer_rectification(
        told, by=make.owner_of(carrier), answer="已补报。", evidence=[ContentFile(b"%PDF-1.7", name="a.pdf")]
    )
    assert "已补报。" in browser.get(page_of(carrier)).text
    settle = f"/desk/carriers/rectifications/{told.pk}/settle/"
    assert browser.post(settle, {"conclusion": ""}).status_code == 422
    browser.post(settle, {"conclusion": "属实。"})
    carrier.refresh_from_db()
    assert carrier.state == "active"


def test_it_may_be_found_not_corrected(enter):
    told = make.rectification()
    browser = enter(make.holder("officer"))
    fail = f"/desk/carriers/rectifications/{told.pk}/fail/"
    assert browser.post(fail, {"conclusion": "逾期。"}).status_code == 409
    with clock.at(clock.end_of_day(told.due)):
        assert fail in browser.get(page_of(told.carrier)).text
        browser.post(fail, {"conclusion": "逾期。"})
    told.refresh_from_db()
    assert told.state == "failed"


def test_training_is_verified_and_missing_years_are_said_to_be_unknown(enter):
    carrier = make.carrier()
    row = report_training(carrier, by=make.owner_of(carrier), year=carrier.year, sessions=1, people=9)
    browser = enter(make.holder("officer"))
    assert (
        "not known whether there was training"
        in browser.get(page_of(carrier), HTTP_ACCEPT_LANGUAGE="en").text
    )
    browser.post(f"/desk/carriers/training/{row.pk}/verify/")
    row.refresh_from_db()
    assert row.verified_at


def test_a_check_is_settled_by_a_person(enter):
    carrier = make.inactive(36)
    check = open_inactivity_checks()[0]
    browser = enter(make.holder("officer"))
    here = f"/desk/carriers/checks/{check.pk}/settle/"
    assert here in browser.get(page_of(carrier)).text
    assert browser.post(here, {"conclusion": ""}).status_code == 422
    browser.post(here, {"conclusion": "有培训。"})
    assert "有培训。" in browser.get(page_of(carrier)).text


def test_the_city_revokes_by_two_persons(enter):
    carrier = make.carrier()
    officer, approver = city("officer"), city("approver")
    browser = enter(officer)
    write = f"{page_of(carrier)}intend/"
    assert write in browser.get(page_of(carrier)).text
    due = clock.add_working_days(clock.today(), 5)
    given = {"ground": "lost_contact", "facts": "三次上门均无人。", "defence_due": due}
    assert browser.get(write).status_code == 200
    assert browser.post(write, given | {"preview": "1"}).content.startswith(b"%PDF")
    browser.post(write, given)
    revocation = carrier.revocations.get()
    here = f"/desk/carriers/revocations/{revocation.pk}/"
    with clock.at(clock.end_of_day(due)):
        assert f"{here}prepare/" in browser.get(page_of(carrier)).text
        assert browser.get(f"{here}prepare/").status_code == 200
        decision = {"decision": "逾期未申辩。"}
        assert browser.post(f"{here}prepare/", decision | {"preview": "1"}).content.startswith(b"%PDF")
        browser.post(f"{here}prepare/", decision)
        assert browser.post(f"{here}decide/").status_code == 403
        browser = enter(approver)
        assert browser.post(f"{here}send-back/", {"reason": ""}).status_code == 422
        browser.post(f"{here}send-back/", {"reason": "请写明日期。"})
        browser = enter(officer)
        assert "请写明日期。" in browser.get(page_of(carrier)).text
        browser.post(f"{here}prepare/", decision)
        browser = enter(approver)
        assert f"{here}decide/" in browser.get(page_of(carrier)).text
        assert browser.get(f"{here}letter/").content.startswith(b"%PDF")
        browser.post(f"{here}decide/")
    carrier.refresh_from_db()
    assert carrier.state == "revoked"
    assert browser.get(page_of(carrier)).status_code == 200


def test_a_revocation_is_dropped_with_a_reason(enter):
    revocation = make.revocation()
    browser = enter(city("officer"))
    here = f"/desk/carriers/revocations/{revocation.pk}/drop/"
    assert browser.post(here, {"reason": ""}).status_code == 422
    browser.post(here, {"reason": "已恢复联系。"})
    revocation.carrier.refresh_from_db()
    assert revocation.carrier.state == "active"


def test_another_district_finds_nothing(enter):
    told = make.rectification()
    carrier = told.carrier
    browser = enter(make.holder("officer", make.district("futian")))
    assert carrier.certificate_number not in browser.get("/desk/carriers/").text
    for way in ("", "tell/"):
        assert browser.get(f"{page_of(carrier)}{way}").status_code == 404
    assert browser.post(f"/desk/carriers/rectifications/{told.pk}/settle/").status_code == 404


def test_a_districts_officer_opens_no_revocation(enter):
    carrier = make.carrier()
    assert enter(make.holder("officer")).get(f"{page_of(carrier)}intend/").status_code == 403


@pytest.mark.parametrize(
    "who", [make.applicant, lambda: make.holder("auditor"), lambda: make.user(is_admin=True)]
)
def test_others_are_turned_away(enter, who):
    carrier = make.carrier()
    browser = enter(who())
    assert browser.get("/desk/carriers/").status_code == 403
    assert browser.get(page_of(carrier)).status_code == 403


@pytest.mark.parametrize("times", [1, 4])
def test_a_carrier_costs_the_same_however_long_its_story(enter, django_assert_max_num_queries, times):
    carrier, officer = make.carrier(), make.holder("officer")
    for _time in range(times):
        told = make.rectification(carrier, by=officer)
        answer_rectification(
            told, by=make.owner_of(carrier), answer="…", evidence=[ContentFile(b"%PDF-1.7", name="a.pdf")]
        )
        Carrier.objects.filter(pk=carrier.pk).update(state="active")
        told.state = "settled"
        told.save()
    browser = enter(officer)
    browser.get(page_of(carrier))  # the first answer of a session writes it down
    with django_assert_max_num_queries(MOST_QUERIES):
        assert browser.get(page_of(carrier)).status_code == 200
