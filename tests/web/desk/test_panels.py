import csv
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests import make
from zaiti import clock
from zaiti.panels.actions import record_visit
from zaiti.panels.models import Draw, Expert, Minutes, Panel, Review, ScoreSheet, SiteVisit
from zaiti.web.desk.panels import context, views


def browser(user=None) -> Client:
    client = Client()
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at_work(number: int = 1, state: str = "scored") -> Panel:
    panel = make.panel()
    for _ in range(number):
        review = make.review(state, panel=panel)
        for seat in panel.seats.all():
            make.signed_sheet(review, seat=seat)
    return panel


def visited(panel: Panel) -> Review:
    review = make.review(panel=panel)
    Image.new("RGB", (40, 30)).save(photo := BytesIO(), "JPEG")
    seats = list(panel.seats.all())
    given = {"visited_at": clock.now(), "place": "示例路2号", "visitors": seats, "findings": "一致。"}
    record_visit(review, by=panel.made_by, photos=[("a.jpg", photo)], **given)
    return review


def test_an_officer_forms_a_panel_draws_visits_discusses_and_finishes_by_the_pages():
    call = make.closed_call()
    kind = call.cycle.types.get(code="base")
    make.accepted_application(call, kind)
    make.experts(5)
    officer, watcher = make.holder("officer"), make.holder("supervisor")
    desk = browser(officer)
    assert "desk/panels/form/" in desk.get("/desk/panels/").content.decode()
    chosen = call.types.get(carrier_type=kind)
    desk.post("/desk/panels/form/", {"call_type": chosen.pk, "size": 3})
    panel = Panel.objects.get()
    desk.post(f"/desk/panels/{panel.pk}/draw/", {"watched_by": watcher.pk})
    draw, review, seats = Draw.objects.get(), Review.objects.get(), list(panel.seats.all())
    assert draw.watched_by == watcher
    chair = seats[1]
    desk.post(f"/desk/panels/seats/{chair.pk}/chair/")
    Image.new("RGB", (40, 30)).save(photo := BytesIO(), "JPEG")
    now = f"{clock.now():%Y-%m-%d %H:%M}:00"
    visit = {
        "visited_at": now,
        "place": "示例路2号",
        "visitors": [seat.pk for seat in seats],
        "findings": "一致。",
        "photos": SimpleUploadedFile("a.jpg", photo.getvalue(), "image/jpeg"),
    }
    desk.post(f"/desk/panels/reviews/{review.pk}/visit/", visit)
    assert SiteVisit.objects.get().photos.count() == 1
    minutes = {
        "reviews": [review.pk],
        "held_at": f"{clock.now():%Y-%m-%d %H:%M:%S}",
        "place": "会议室",
        "present": [seat.pk for seat in seats],
        "text": "讨论。",
    }
    desk.post(f"/desk/panels/{panel.pk}/minutes/", minutes)
    assert Minutes.objects.get().reviews.get() == review
    for seat in seats:
        make.signed_sheet(review, seat=seat)
    Review.objects.update(state="scored", total=80)
    desk.post(f"/desk/panels/{panel.pk}/finish/")
    panel.refresh_from_db()
    assert panel.state == Panel.State.CLOSED
    page = desk.get(f"/desk/panels/{panel.pk}/").content.decode()
    assert chair.expert.user.name in page


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("panels/form/", {}),
        ("panels/{panel}/draw/", {"watched_by": "0"}),
        ("panels/{panel}/minutes/", {}),
        ("panels/reviews/{review}/visit/", {}),
        ("panels/reviews/{review}/recuse/", {}),
        ("panels/seats/{seat}/leave/", {}),
        ("panels/experts/add/", {"username": "nobody-yet", "unit_uscc": "123"}),
    ],
)
def test_a_form_with_errors_comes_back(address, data):
    review = make.review("visited")
    panel = review.panel
    keys = {"panel": panel.pk, "review": review.pk, "seat": panel.seats.first().pk}
    answer = browser(panel.made_by).post(f"/desk/{address.format(**keys)}", data)
    assert answer.status_code == 422


def test_leaving_and_stepping_back_by_the_pages():
    review = make.review("discussed")
    panel, desk = review.panel, browser(review.panel.made_by)
    first, second, _third = panel.seats.all()
    desk.post(f"/desk/panels/reviews/{review.pk}/recuse/", {"seat": first.pk, "reason": "亲属任职"})
    desk.post(f"/desk/panels/seats/{second.pk}/leave/", {"kind": "keep", "reason": "生病"})
    page = desk.get(f"/desk/panels/reviews/{review.pk}/").content.decode()
    assert "亲属任职" in page
    panel.refresh_from_db()
    assert panel.state == Panel.State.PAUSED


def test_a_late_application_is_put_before_the_panel():
    panel = make.panel()
    late = make.accepted_application(panel.call, panel.carrier_type)
    desk = browser(panel.made_by)
    assert late.organisation.name in desk.get(f"/desk/panels/{panel.pk}/").content.decode()
    desk.post(f"/desk/panels/{panel.pk}/admit/{late.pk}/")
    assert Review.objects.get().application == late
    assert desk.post(f"/desk/panels/{panel.pk}/admit/{late.pk}/").status_code == 404


def test_the_pool_is_filtered_exported_and_added_to():
    make.cycle()
    desk = browser(make.holder("officer"))
    make.expert(name="示例甲", specialities="焊接")
    make.expert(name="示例乙", types=["studio"], active=False)
    page = desk.get("/desk/panels/experts/?q=焊接").content.decode()
    assert "示例甲" in page
    assert "示例乙" not in page
    assert "示例乙" in desk.get("/desk/panels/experts/?type=studio&active=false").content.decode()
    assert "示例乙" in desk.get("/desk/panels/experts/?export=csv").content.decode()
    given = {"username": "new.expert", "name": "示例丙", "unit": "示例院校", "types": ["base"]}
    made = desk.post("/desk/panels/experts/add/", given)
    expert = Expert.objects.get(user__username="new.expert")
    assert made.status_code == 200
    assert expert.user.check_password(made.context["password"])
    known = make.user()
    desk.post(
        "/desk/panels/experts/add/", {"username": known.username, "unit": "示例院校", "types": ["base"]}
    )
    assert Expert.objects.filter(user=known).exists()
    desk.post(f"/desk/panels/experts/{expert.pk}/switch/")
    expert.refresh_from_db()
    assert not expert.active
    assert desk.get(f"/desk/panels/experts/{expert.pk}/").status_code == 200


def a_draw() -> Draw:
    panel = make.panel(state="forming")
    make.review(panel=panel)
    make.experts(4)
    browser(panel.made_by).post(f"/desk/panels/{panel.pk}/draw/", {})
    return Draw.objects.get()


def test_a_supervisor_sees_draws_and_nothing_else_of_a_panel():
    draw = a_draw()
    watcher = browser(make.holder("supervisor"))
    assert draw.seed in watcher.get(f"/desk/panels/draws/{draw.pk}/").content.decode()
    assert watcher.get("/desk/panels/draws/").status_code == 200
    for address in ("", f"{draw.panel_id}/", f"{draw.panel_id}/spread/", "experts/", "form/"):
        assert watcher.get(f"/desk/panels/{address}").status_code == 403


def test_a_forged_draw_says_so():
    draw = a_draw()
    draw.drawn.reverse()
    draw.save()
    answer = browser(make.holder("supervisor")).get(f"/desk/panels/draws/{draw.pk}/")
    assert answer.context["faults"] == ["drawn"]


def test_what_is_foreign_is_not_there_and_the_wrong_role_is_told_no():
    panel = at_work()
    draw, review, seat = panel.draws.get(), panel.reviews.get(), panel.seats.first()
    futian = make.district("futian")
    gets = [f"{panel.pk}/", f"{panel.pk}/spread/", f"reviews/{review.pk}/", f"draws/{draw.pk}/"]
    posts = [
        f"{panel.pk}/draw/",
        f"{panel.pk}/finish/",
        f"{panel.pk}/minutes/",
        f"reviews/{review.pk}/visit/",
        f"reviews/{review.pk}/recuse/",
        f"seats/{seat.pk}/leave/",
        f"seats/{seat.pk}/chair/",
    ]
    foreign = browser(make.holder("officer", futian))
    assert {foreign.get(f"/desk/panels/{address}").status_code for address in gets} == {404}
    assert {foreign.post(f"/desk/panels/{address}").status_code for address in posts} == {404}
    for person in (make.applicant(), make.user(is_admin=True), seat.expert.user, make.holder("auditor")):
        other = browser(person)
        assert {other.get(f"/desk/panels/{address}").status_code for address in gets} == {403}
        assert {other.post(f"/desk/panels/{address}").status_code for address in posts} == {403}
    approver = browser(make.holder("approver"))
    data = {"kind": "keep", "reason": "…", "seat": seat.pk}
    refused = {approver.post(f"/desk/panels/{address}", data).status_code for address in posts[1:]}
    assert refused == {403}
    assert browser().get("/desk/panels/").status_code == 302


def test_the_city_sees_panels_but_no_sheets():
    panel = at_work()
    city = browser(make.holder("officer", make.city()))
    assert city.get(f"/desk/panels/{panel.pk}/").status_code == 200
    page = city.get(f"/desk/panels/reviews/{panel.reviews.get().pk}/")
    assert page.context["sheets"] == []
    assert city.get(f"/desk/panels/{panel.pk}/spread/").status_code == 403


def test_the_spread_shows_signed_sheets_alone():
    panel = make.panel()
    review = make.review("discussed", panel=panel)
    make.signed_sheet(review)
    make.sheet(review)
    page = browser(panel.made_by).get(f"/desk/panels/{panel.pk}/spread/")
    (row,) = page.context["spreads"]
    assert [sheet.state for sheet in row.sheets] == [ScoreSheet.State.SIGNED]


@pytest.mark.parametrize("number", [1, 3])
def test_no_page_costs_more_than_twelve_queries(number, django_assert_max_num_queries):
    panel = at_work(number)
    for one in make.experts(number * 4):
        one.user.refresh_from_db()
    draw, review = panel.draws.get(), visited(panel)
    desk = browser(panel.made_by)
    pages = ["", f"{panel.pk}/", f"{panel.pk}/spread/", f"reviews/{review.pk}/", "experts/", "draws/"]
    for address in [*pages, f"draws/{draw.pk}/", f"{panel.pk}/minutes/", f"reviews/{review.pk}/visit/"]:
        with django_assert_max_num_queries(12, info=address):
            desk.get(f"/desk/panels/{address}")


def test_a_panels_page_lists_so_many_applications_and_tells_of_all(
    monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(context, "SHOWN", 2)
    panel = at_work(5)
    make.review("open", panel=panel)
    late = [make.accepted_application(panel.call, panel.carrier_type) for _ in range(3)]
    desk = browser(panel.made_by)
    with django_assert_max_num_queries(12):
        page = desk.get(f"/desk/panels/{panel.pk}/")
    assert (len(page.context["rows"]), page.context["rows"].paginator.count) == (2, 6)
    assert [step.said for step in page.context["steps"]][2:5] == ["5/6"] * 3
    assert (list(page.context["waiting"]), page.context["waiting_more"]) == (late[:2], 1)
    last = desk.get(f"/desk/panels/{panel.pk}/?page=3")
    assert [len(row.signed) for row in last.context["rows"]] == [3, 0]


def test_the_widest_apart_come_first_over_all_pages(monkeypatch):
    monkeypatch.setattr(views, "SPREADS", 1)
    panel = make.panel()
    near, far = (make.review("discussed", panel=panel) for _ in range(2))
    for review, given in ((near, "80 80"), (far, "80 60")):
        for seat, total in zip(panel.seats.all(), given.split(), strict=False):
            ScoreSheet.objects.create(
                review=review, seat=seat, rubric=panel.rubric, total=Decimal(total), state="signed"
            )
    pages = [browser(panel.made_by).get(f"/desk/panels/{panel.pk}/spread/?page={n}") for n in (1, 2)]
    assert [page.context["spreads"][0].review for page in pages] == [far, near]


def test_a_panels_scores_are_taken_as_a_file_a_few_in_hand_at_a_time(django_assert_max_num_queries):
    panel = make.panel()
    line = panel.rubric.criteria.first()
    for given in ([10, 8, 3], [5, 5, 5]):
        review = make.review("discussed", panel=panel)
        for seat, points in zip(panel.seats.all(), given, strict=True):
            sheet = ScoreSheet.objects.create(review=review, seat=seat, rubric=panel.rubric, total=points)
            sheet.scores.create(criterion=line, points=points)
            ScoreSheet.objects.filter(pk=sheet.pk).update(state="signed")
    desk = browser(panel.made_by)
    with django_assert_max_num_queries(12):
        body = desk.get(f"/desk/panels/{panel.pk}/spread/?export=csv").content.decode("utf-8-sig")
    _names, first, second = csv.reader(StringIO(body))
    assert first[2:10] == ["3", "", "7.00", "8.00", "7.00", "7.00", "8.00", "7.00"]
    assert second[4:7] == ["5.00", "5.00", "0.00"]
    book = desk.get(f"/desk/panels/{panel.pk}/spread/?export=xlsx")
    assert book.content.startswith(b"PK")
    city = browser(make.holder("officer", make.city()))
    assert city.get(f"/desk/panels/{panel.pk}/spread/?export=csv").status_code == 403


@pytest.mark.parametrize("number", [2, 5])
def test_a_file_of_scores_costs_the_same_at_any_length(number, django_assert_num_queries):
    panel = at_work(number)
    desk = browser(panel.made_by)
    desk.get(f"/desk/panels/{panel.pk}/spread/?export=csv")
    with django_assert_num_queries(9):
        desk.get(f"/desk/panels/{panel.pk}/spread/?export=csv")
