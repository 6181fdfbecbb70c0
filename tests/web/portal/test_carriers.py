"""The unit's own carriers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.web.portal.helpers import browser
from zaiti import clock

pytestmark = pytest.mark.stands("one_carrier")

MOST_QUERIES = 12


def page_of(carrier):
    return f"/my/carriers/{carrier.pk}/"


def test_a_carrier_is_listed_with_its_certificate():
    carrier = make.carrier()
    mine = browser(make.owner_of(carrier))
    assert page_of(carrier) in mine.get("/my/carriers/").text
    assert carrier.certificate.number in mine.get(page_of(carrier)).text


def test_without_a_carrier_the_page_says_what_will_stand_there():
    assert browser(make.applicant()).get("/my/carriers/").status_code == 200


def test_training_is_reported():
    carrier = make.carrier()
    mine = browser(make.owner_of(carrier))
    here = f"{page_of(carrier)}training/"
    assert mine.post(here, {"year": carrier.year, "sessions": ""}).status_code == 422
    mine.post(here, {"year": carrier.year, "sessions": 3, "people": 50})
    assert carrier.training_years.get().people == 50
    assert "50" in mine.get(page_of(carrier)).text


def test_a_notice_to_correct_is_answered_with_files():
    told = make.rectification()
    mine = browser(make.owner_of(told.carrier))
    here = f"/my/carriers/rectifications/{told.pk}/"
    assert here in mine.get(page_of(told.carrier)).text
    assert mine.post(here, {"answer": ""}).status_code == 422
    scan = SimpleUploadedFile("台账.pdf", make.pdf(), "application/pdf")
    mine.post(here, {"answer": "已补报。", "evidence": [scan]})
    told.refresh_from_db()
    assert (told.answer, told.evidence.get().name) == ("已补报。", "台账.pdf")
    assert "已补报。" in mine.get(page_of(told.carrier)).text


def test_evidence_of_another_kind_is_refused():
    told = make.rectification()
    bad = SimpleUploadedFile("a.exe", b"MZ", "application/pdf")
    here = f"/my/carriers/rectifications/{told.pk}/"
    assert (
        browser(make.owner_of(told.carrier)).post(here, {"answer": "…", "evidence": [bad]}).status_code == 422
    )


def test_the_unit_defends_itself():
    made = make.revocation()
    mine = browser(make.owner_of(made.carrier))
    here = f"/my/carriers/revocations/{made.pk}/"
    assert here in mine.get(page_of(made.carrier)).text
    assert mine.post(here, {"defence": ""}).status_code == 422
    mine.post(here, {"defence": "我单位仍在培训。"})
    made.refresh_from_db()
    assert made.defence == "我单位仍在培训。"


def test_after_its_day_no_defence_is_offered():
    made = make.revocation()
    with clock.at(clock.end_of_day(made.defence_due)):
        text = browser(make.owner_of(made.carrier)).get(page_of(made.carrier)).text
    assert f"/my/carriers/revocations/{made.pk}/" not in text


def test_a_carrier_of_another_unit_is_not_there():
    told = make.rectification()
    made = make.revocation(told.carrier)
    other = browser(make.applicant())
    assert other.get(page_of(told.carrier)).status_code == 404
    for address in (
        f"{page_of(told.carrier)}training/",
        f"/my/carriers/rectifications/{told.pk}/",
        f"/my/carriers/revocations/{made.pk}/",
    ):
        assert other.post(address).status_code == 404


@pytest.mark.parametrize("address", ["/my/carriers/"])
def test_officials_are_turned_away(address):
    assert browser(make.holder("officer")).get(address).status_code == 403


def test_a_carrier_costs_few_queries(django_assert_max_num_queries):
    told = make.rectification()
    mine = browser(make.owner_of(told.carrier))
    mine.get(page_of(told.carrier))  # the first answer of a session writes it down
    with django_assert_max_num_queries(MOST_QUERIES):
        mine.get(page_of(told.carrier))
