from decimal import Decimal

import pytest
from django.test import Client

from tests import make
from zaiti.panels.models import Explanation, Review, ScoreSheet


def browser(user=None) -> Client:
    client = Client()
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def seated(review):
    return [seat.expert.user for seat in review.panel.seats.all()]


def filled(review, share="0.8"):
    lines = review.panel.rubric.criteria.all()
    return {f"points_{line.pk}": f"{line.points * Decimal(share):.1f}" for line in lines} | {
        "comment": "可。"
    }


def test_an_expert_scores_by_one_click_saves_and_signs_once():
    review = make.review("discussed")
    expert = seated(review)[0]
    jury = browser(expert)
    start = jury.get("/jury/")
    assert start.context["next"].review == review
    opened = jury.post(f"/jury/reviews/{review.pk}/score/")
    sheet = ScoreSheet.objects.get()
    assert opened.url == f"/jury/sheets/{sheet.pk}/"
    first = review.panel.rubric.criteria.first()
    kept = jury.post(f"/jury/sheets/{sheet.pk}/save/", {f"points_{first.pk}": "12.5", "comment": "先记"})
    assert "saved" in kept.json()
    page = jury.get(f"/jury/sheets/{sheet.pk}/").content.decode()
    assert 'value="12.5"' in page
    assert jury.post(f"/jury/sheets/{sheet.pk}/sign/", filled(review)).url == "/jury/"
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total) == ("signed", Decimal(80))
    assert jury.get("/jury/").context["next"] is None
    assert "data-autosave" not in jury.get(f"/jury/sheets/{sheet.pk}/").content.decode()


def test_what_is_wrong_is_not_saved_and_signing_names_it():
    review = make.review("discussed")
    jury = browser(seated(review)[0])
    jury.post(f"/jury/reviews/{review.pk}/score/")
    sheet = ScoreSheet.objects.get()
    first, second, _third = review.panel.rubric.criteria.all()
    jury.post(f"/jury/sheets/{sheet.pk}/save/", {f"points_{first.pk}": "31", f"points_{second.pk}": "20"})
    assert [score.criterion for score in sheet.scores.all()] == [second]
    assert jury.post(f"/jury/sheets/{sheet.pk}/sign/", {f"points_{first.pk}": "31"}).status_code == 422
    sheet.refresh_from_db()
    assert sheet.state == "draft"


def test_a_signed_sheet_refuses_to_be_saved_or_signed_by_the_pages():
    sheet = make.signed_sheet()
    jury = browser(sheet.seat.expert.user)
    for way in ("save", "sign"):
        assert jury.post(f"/jury/sheets/{sheet.pk}/{way}/", filled(sheet.review, "0.1")).status_code == 409
    assert ScoreSheet.objects.get().total == Decimal(80)


def test_the_application_its_materials_visit_and_minutes_stand_beside_the_sheet():
    application = make.application("accepted", make.closed_call())
    review = make.review("discussed", panel=make.panel(application.call), application=application)
    answer = browser(seated(review)[0]).get(f"/jury/reviews/{review.pk}/")
    (version,) = answer.context["materials"]
    assert application.carrier_name in answer.content.decode()
    assert application.answer("contact_phone") not in answer.content.decode()
    file = version.file
    assert browser(seated(review)[0]).get(f"/files/{file.pk}/").status_code == 200
    assert browser(make.expert().user).get(f"/files/{file.pk}/").status_code == 404


def test_stepping_back_takes_the_application_away():
    review = make.review("discussed")
    expert = seated(review)[0]
    sheet = make.signed_sheet(review)
    jury = browser(expert)
    assert jury.post(f"/jury/reviews/{review.pk}/step-back/", {}).status_code == 422
    jury.post(f"/jury/reviews/{review.pk}/step-back/", {"reason": "曾任顾问"})
    for address in (f"reviews/{review.pk}/", f"sheets/{sheet.pk}/"):
        assert jury.get(f"/jury/{address}").status_code == 404
    assert jury.get("/jury/").status_code == 200


def test_an_outlier_gives_a_reason():
    sheet = make.signed_sheet()
    Explanation.objects.create(sheet=sheet, median=Decimal(60), asked_at=sheet.signed_at)
    jury = browser(sheet.seat.expert.user)
    assert len(jury.get("/jury/").context["asked"]) == 1
    assert jury.post(f"/jury/sheets/{sheet.pk}/explain/", {"text": ""}).status_code == 422
    jury.post(f"/jury/sheets/{sheet.pk}/explain/", {"text": "设备新，管理好。"})
    assert "设备新" in jury.get(f"/jury/sheets/{sheet.pk}/").content.decode()


def test_the_chair_sees_the_spread_of_what_was_signed_by_the_chair():
    review = make.review("discussed")
    chair, member, _third = seated(review)
    first, second = list(review.panel.seats.all())[:2]
    make.signed_sheet(review, seat=second)
    address = f"/jury/panels/{review.panel_id}/spread/"
    assert browser(chair).get(address).context["spreads"] == []
    make.signed_sheet(review, seat=first)
    (row,) = browser(chair).get(address).context["spreads"]
    assert len(row.sheets) == 2
    assert browser(member).get(address).status_code == 403
    assert browser(make.expert().user).get(address).status_code == 404


def test_nobody_opens_anothers_sheet_and_others_do_not_come_in():
    sheet = make.signed_sheet()
    other = sheet.review.panel.seats.last().expert.user
    for way in ("", "save/", "sign/", "explain/"):
        ask = browser(other).post if way else browser(other).get
        assert ask(f"/jury/sheets/{sheet.pk}/{way}").status_code == 404
    outside = make.expert().user
    assert browser(outside).get(f"/jury/reviews/{sheet.review_id}/").status_code == 404
    assert browser(outside).post(f"/jury/reviews/{sheet.review_id}/score/").status_code == 404
    people = [make.applicant(), make.holder("officer"), make.user(is_admin=True), make.holder("supervisor")]
    for person in people:
        for address in ("", f"reviews/{sheet.review_id}/", f"sheets/{sheet.pk}/"):
            assert browser(person).get(f"/jury/{address}").status_code == 403
    assert browser().get("/jury/").status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_no_page_costs_more_than_twelve_queries(number, django_assert_max_num_queries):
    panel = make.panel()
    for _ in range(number):
        application = make.application("accepted", panel.call)
        review = make.review("discussed", panel=panel, application=application)
        for seat in panel.seats.all():
            make.signed_sheet(review, seat=seat)
    make.review("discussed", panel=panel)
    seat = panel.seats.first()
    sheet = seat.sheets.first()
    jury = browser(seat.expert.user)
    pages = ["", f"panels/{panel.pk}/spread/", f"reviews/{Review.objects.first().pk}/", f"sheets/{sheet.pk}/"]
    for address in pages:
        with django_assert_max_num_queries(12, info=address):
            assert jury.get(f"/jury/{address}").status_code == 200
