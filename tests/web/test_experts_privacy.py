"""What an expert still sees once a panel has closed, and who knows an expert's mail address."""

import pytest
from django.test import Client

from tests import make
from zaiti.accounts.models import User
from zaiti.applications.models import MaterialVersion
from zaiti.panels.models import Panel, Review

ADDRESS = "expert.canary@example.com"


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def sheet():
    """A signed sheet of the chair, for an application with a file."""
    panel = make.panel()
    review = make.review("discussed", panel=panel, application=make.application("accepted", panel.call))
    signed = make.signed_sheet(review, seat=panel.seats.get(chair=True))
    User.objects.filter(pk=signed.seat.expert.user_id).update(email=ADDRESS)
    return signed


def pages_of(sheet) -> dict[str, int]:
    person, review = sheet.seat.expert.user, sheet.review
    files = MaterialVersion.objects.filter(material__application=review.application)
    addresses = [
        f"/jury/reviews/{review.pk}/",
        f"/jury/panels/{review.panel_id}/spread/",
        *(f"/files/{version.file_id}/" for version in files),
    ]
    return {address: browser(person).get(address).status_code for address in addresses}


def test_rights_end_with_the_panel(sheet):
    if not MaterialVersion.objects.filter(material__application=sheet.review.application).exists():
        make.material_version(sheet.review.application)
    before = pages_of(sheet)
    assert set(before.values()) == {200}
    Panel.objects.update(state="closed")
    assert set(pages_of(sheet).values()) == {404}
    assert not Review.objects.visible_to(sheet.seat.expert.user).exists()
    assert not Panel.objects.visible_to(sheet.seat.expert.user).exists()


def test_ones_own_signed_sheet_stays_without_the_application(sheet):
    review, jury = sheet.review, browser(sheet.seat.expert.user)
    make.answer(review.application, summary="申报内容金丝雀")
    assert "申报内容金丝雀" in jury.get(f"/jury/sheets/{sheet.pk}/").text
    Panel.objects.update(state="closed")
    page = jury.get(f"/jury/sheets/{sheet.pk}/")
    assert page.status_code == 200
    assert "80.00" in page.text
    assert "申报内容金丝雀" not in page.text
    start = jury.get("/jury/").text
    assert f"/jury/sheets/{sheet.pk}/" in start
    assert f"/jury/reviews/{review.pk}/" not in start
    assert "/spread/" not in start


def test_a_draft_that_was_never_signed_is_closed_too(sheet):
    other = make.sheet(sheet.review)
    jury = browser(other.seat.expert.user)
    assert jury.get(f"/jury/sheets/{other.pk}/").status_code == 200
    Panel.objects.update(state="closed")
    assert jury.get(f"/jury/sheets/{other.pk}/").status_code == 404


def seen(person: User, sheet) -> str:
    pages = [
        "/desk/panels/experts/",
        "/desk/panels/experts/?export=csv",
        f"/desk/panels/experts/{sheet.seat.expert_id}/",
        f"/desk/panels/{sheet.review.panel_id}/",
        "/desk/people/",
        "/desk/people/?export=csv",
        f"/desk/people/{sheet.seat.expert.user_id}/",
    ]
    return "".join(browser(person).get(page).content.decode() for page in pages)


def test_an_experts_address_is_for_the_officials_of_the_district_they_judge_in(sheet):
    assert ADDRESS in seen(make.holder("officer"), sheet)
    assert ADDRESS in seen(make.holder("approver"), sheet)
    others = [make.holder("officer", place) for place in (make.district("futian"), make.city())]
    for person in (*others, make.user(is_admin=True), make.holder("auditor", make.city())):
        assert ADDRESS not in seen(person, sheet)
