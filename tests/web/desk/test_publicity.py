"""The publicity pages."""

import pytest

from tests import make
from zaiti import clock
from zaiti.publicity.models import Objection, Posting

MOST_QUERIES = 12


@pytest.fixture
def enter(client):
    """Sign someone in and give the client."""

    def as_(user):
        client.force_login(user)
        return client

    return as_


def test_approved_names_are_posted_after_reading_the_text(enter):
    made = make.candidate_list("approved")
    browser = enter(make.holder("officer"))
    here = f"/desk/publicity/prepare/{made.cycle_id}/{made.authority_id}/"
    assert here in browser.get("/desk/publicity/").text
    assert str(make.candidates(made)[0]) in browser.get(here).text
    assert browser.get(f"{here}letter/").content.startswith(b"%PDF")
    assert browser.post(f"{here}publish/").status_code == 422
    browser.post(f"{here}publish/", {"names": [row.pk for row in make.candidates(made)]})
    assert Posting.objects.get().names.count() == 2


def test_with_nothing_to_post_the_page_says_so(enter):
    made = make.candidate_list()
    page = enter(make.holder("officer")).get(f"/desk/publicity/prepare/{made.cycle_id}/{made.authority_id}/")
    assert page.status_code == 200
    assert "publish/" not in page.text


def test_another_district_can_neither_prepare_nor_read(enter):
    made = make.posting()
    browser = enter(make.holder("officer", make.district("futian")))
    here = f"/desk/publicity/prepare/{made.cycle_id}/{made.authority_id}/"
    for url in (here, f"{here}letter/", f"/desk/publicity/{made.pk}/"):
        assert browser.get(url).status_code == 404


def test_a_posting_shows_its_names_and_is_corrected_by_two(enter):
    made, browser = make.posting(), enter(make.holder("officer"))
    here = f"/desk/publicity/{made.pk}/"
    assert str(make.named(made)) in browser.get(here).text
    assert browser.post(f"{here}correct/", {"reason": "更正"}).status_code == 422
    answer = browser.post(f"{here}correct/", {"reason": "更正", "names": [make.named(made).pk]})
    assert answer.url == here
    waiting = browser.get(here).text
    step = f"/desk/publicity/corrections/{made.corrections.get().pk}/"
    assert f"{here}correct/" not in waiting
    assert f"{step}publish/" not in waiting
    assert browser.get(f"{step}letter/").content.startswith(b"%PDF")
    assert browser.post(f"{step}publish/").status_code == 403
    browser = enter(make.holder("approver"))
    assert here in browser.get("/desk/").text
    assert f"{step}publish/" in browser.get(here).text
    answer = browser.post(f"{step}publish/")
    assert answer.url == f"/desk/publicity/{Posting.objects.get(replaces=made).pk}/"
    assert "更正" in browser.get(answer.url).text


def test_a_correction_sent_back_is_filled_in_again(enter):
    made = make.posting()
    correction = make.prepared_correction(made, make.named(made, 1), reason="示例错字")
    here, step = f"/desk/publicity/{made.pk}/", f"/desk/publicity/corrections/{correction.pk}/"
    browser = enter(make.holder("approver"))
    assert browser.post(f"{step}send-back/").status_code == 422
    assert browser.post(f"{step}send-back/", {"reason": "请核实名称"}).url == here
    page = enter(correction.prepared_by).get(here)
    assert "请核实名称" in page.text
    form = page.context["form"]
    assert (form["reason"].value(), form["names"].value()) == ("示例错字", [make.named(made, 1).pk])


def test_it_is_closed_when_its_days_are_over(enter):
    made, browser = make.posting(), enter(make.holder("officer"))
    here = f"/desk/publicity/{made.pk}/"
    assert browser.post(f"{here}close/").status_code == 409
    with clock.at(make.after(made)):
        assert f"{here}close/" in browser.get(here).text
        assert browser.post(f"{here}close/").status_code == 302


def test_an_objection_goes_from_hand_to_hand(enter):
    made = make.objection()
    here, browser = f"/desk/publicity/objections/{made.pk}/", enter(make.holder("officer"))
    assert made.number in browser.get("/desk/publicity/objections/").text
    browser.post(f"{here}take-up/")
    assert browser.post(f"{here}propose/", {"answer": ""}).status_code == 422
    browser.post(f"{here}propose/", {"upholds": "0", "answer": "经核查不属实。"})
    browser = enter(make.holder("approver"))
    assert browser.get(f"{here}letter/").content.startswith(b"%PDF")
    assert browser.post(f"{here}send-back/", {"reason": ""}).status_code == 422
    browser.post(f"{here}send-back/", {"reason": "请补充"})
    browser = enter(make.holder("officer"))
    assert "请补充" in browser.get(here).text
    browser.post(f"{here}propose/", {"upholds": "0", "answer": "经核查不属实。"})
    enter(make.holder("approver")).post(f"{here}decide/")
    made.refresh_from_db()
    assert made.state == Objection.State.REJECTED


def test_a_reviewer_turns_one_away(enter):
    made, browser = make.objection(), enter(make.holder("reviewer"))
    here = f"/desk/publicity/objections/{made.pk}/"
    assert browser.post(f"{here}turn-away/", {"reason": ""}).status_code == 422
    browser.post(f"{here}turn-away/", {"reason": "与公示无关"})
    made.refresh_from_db()
    assert made.state == Objection.State.NOT_ADMITTED


def test_who_objects_is_shown_to_the_handling_district_alone(enter):
    made = make.objection()
    here = f"/desk/publicity/objections/{made.pk}/"
    secrets = ("示例甲", make.IDENTITY, "00000000001", "示例事实")
    shown = enter(make.holder("officer")).get(here).text
    assert all(secret in shown for secret in secrets)
    city = enter(make.holder("reviewer", make.city())).get(here)
    assert city.status_code == 200
    assert not any(secret in city.text for secret in secrets)
    assert enter(make.holder("officer", make.district("futian"))).get(here).status_code == 404
    listed = enter(make.holder("officer")).get("/desk/publicity/objections/?export=csv").content.decode()
    assert not any(secret in listed for secret in secrets)


def test_the_city_does_not_handle(enter):
    made = make.objection()
    browser = enter(make.holder("officer", make.city()))
    assert browser.post(f"/desk/publicity/objections/{made.pk}/take-up/").status_code == 403


@pytest.mark.parametrize("names", [3, 30])
def test_pages_cost_the_same_at_any_length(enter, names, django_assert_max_num_queries):
    made = make.posting(totals=[90 - n / 2 for n in range(names)], places=min(names, 20))
    lodged = [make.objection(made, make.named(made, n)) for n in range(min(names, 10))]
    make.prepared_correction(made, *(row.candidate for row in made.names.all()))
    browser = enter(make.holder("officer"))
    for url in (
        "/desk/publicity/",
        f"/desk/publicity/{made.pk}/",
        "/desk/publicity/objections/",
        f"/desk/publicity/objections/{lodged[0].pk}/",
    ):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert browser.get(url).status_code == 200


@pytest.mark.parametrize("names", [3, 30])
def test_preparing_costs_the_same_at_any_length(enter, names, django_assert_max_num_queries):
    made = make.candidate_list("approved", totals=[90 - n / 2 for n in range(names)], places=min(names, 20))
    browser = enter(make.holder("officer"))
    with django_assert_max_num_queries(MOST_QUERIES):
        browser.get(f"/desk/publicity/prepare/{made.cycle_id}/{made.authority_id}/")
