"""What the pages carry, what they answer, and what they never write over."""

import html
import json
import re

import pytest
from django.test import Client

from tests import make
from zaiti.applications.models import Application
from zaiti.panels.actions import open_sheet
from zaiti.web.forms.fields import figure

HTMX = {"HX-Request": "true"}


def inside(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def carried(client, here):
    """The prints a page was drawn with."""
    found = re.search(r'name="based_on" value="([^"]*)"', client.get(here).content.decode())
    return html.unescape(found[1])


def colleagues(**fields):
    application = make.application(**fields)
    other = make.user(organisation=application.organisation, org_role="member")
    return application, inside(application.contact), inside(other), f"/my/applications/{application.pk}/"


def test_a_whole_form_sent_without_javascript_writes_only_what_was_changed():
    application, one, two, here = colleagues(summary="原简介", plan="原规划")
    forms = [
        {"based_on": carried(client, here), "summary": "原简介", "plan": "原规划"} for client in (one, two)
    ]
    one.post(f"{here}save/", forms[0] | {"summary": "甲写的简介"})
    assert two.post(f"{here}save/", forms[1] | {"plan": "乙写的规划"}).status_code == 302
    application.refresh_from_db()
    assert (application.answer("summary"), application.answer("plan")) == ("甲写的简介", "乙写的规划")


def test_a_conflict_is_shown_at_the_field_and_the_choice_is_kept():
    application, one, two, here = colleagues(summary="原简介")
    form = {"based_on": carried(two, here), "summary": "乙写的简介"}
    one.post(f"{here}save/", {"based_on": carried(one, here), "summary": "甲写的简介"})
    again = two.post(f"{here}save/", form)
    text = again.content.decode()
    assert again.status_code == 422
    assert "甲写的简介" in text
    assert "乙写的简介" in text
    assert str(application.contact) in text
    mine, theirs = re.findall(r'name="choice-summary"\s+value="([^"]*)"', text)
    assert Application.objects.get().answer("summary") == "甲写的简介"
    two.post(f"{here}save/", form | {"choice-summary": theirs})
    assert Application.objects.get().answer("summary") == "甲写的简介"
    two.post(f"{here}save/", form | {"choice-summary": mine})
    assert Application.objects.get().answer("summary") == "乙写的简介"


def test_an_autosave_says_field_by_field_what_is_kept():
    _application, one, two, here = colleagues(summary="原简介")
    based = carried(two, here)
    one.post(f"{here}save/", {"based_on": based, "summary": "甲写的简介"}, headers=HTMX)
    answer = two.post(
        f"{here}save/",
        {"based_on": based, "summary": "乙写的简介", "plan": "乙写的规划", "trained_last_year": "很多"},
        headers=HTMX,
    )
    told = answer.json()
    assert answer.status_code == 409
    assert set(told["notes"]) == {"summary", "trained_last_year"}
    assert set(told["prints"]) == {"plan"}
    assert "data-conflict" in told["notes"]["summary"]
    assert "data-not-saved" in told["notes"]["trained_last_year"]


@pytest.mark.parametrize("nonsense", ["[1]", "{", '"x"', '{"summary": 1}', "null"])
def test_prints_that_cannot_be_read_lose_nothing(nonsense):
    _application, one, two, here = colleagues()
    one.post(f"{here}save/", {"summary": "甲写的简介"}, headers=HTMX)
    answer = two.post(f"{here}save/", {"based_on": nonsense, "summary": ""}, headers=HTMX)
    assert answer.status_code == 409
    assert Application.objects.get().answer("summary") == "甲写的简介"


def test_a_number_that_is_none_does_not_erase_the_former_one():
    _application, one, _two, here = colleagues(trained_last_year=120)
    based = carried(one, here)
    answer = one.post(f"{here}save/", {"based_on": based, "trained_last_year": "约一百"}, headers=HTMX)
    assert answer.status_code == 422
    assert Application.objects.get().answer("trained_last_year") == 120
    one.post(f"{here}save/", {"based_on": based, "trained_last_year": "１，２００ 人"}, headers=HTMX)
    assert Application.objects.get().answer("trained_last_year") == 1200
    assert 'type="number"' not in one.get(here).content.decode()


def test_a_text_too_long_is_told_and_neither_cut_nor_saved():
    _application, one, _two, here = colleagues(carrier_name="原名")
    answer = one.post(f"{here}save/", {"carrier_name": "名" * 121}, headers=HTMX)
    assert answer.status_code == 422
    assert Application.objects.get().carrier_name == "原名"
    page = one.get(here).content.decode()
    assert "maxlength" not in page
    assert 'data-most-letters="120"' in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("4.5分", "4.5"), ("４．５", "4.5"), (" 4 . 5 分", "4.5"), ("5", "5"), ("", None)],
)
def test_points_that_are_plain_are_taken(typed, kept):
    sheet, line, expert = a_sheet()
    expert.post(f"/jury/sheets/{sheet.pk}/save/", {f"points_{line.pk}": "4.25"})
    answer = expert.post(f"/jury/sheets/{sheet.pk}/save/", {f"points_{line.pk}": typed})
    points = sheet.scores.get(criterion=line).points
    assert answer.status_code == 200
    assert points == (None if kept is None else pytest.approx(float(kept)))


@pytest.mark.parametrize("typed", ["99.01", "-1", "4.555", "四分", "4.5分半", "NaN", "1e1", "4,5.1"])
def test_points_that_are_not_leave_the_former_ones(typed):
    sheet, line, expert = a_sheet()
    expert.post(f"/jury/sheets/{sheet.pk}/save/", {f"points_{line.pk}": "4.5"})
    answer = expert.post(f"/jury/sheets/{sheet.pk}/save/", {f"points_{line.pk}": typed})
    assert answer.status_code == 422
    assert list(answer.json()["notes"]) == [f"points_{line.pk}"]
    assert sheet.scores.get(criterion=line).points == 4.5


def test_a_remark_may_come_before_its_points():
    sheet, line, expert = a_sheet()
    expert.post(f"/jury/sheets/{sheet.pk}/save/", {f"remark_{line.pk}": "台账不全"})
    assert sheet.scores.get(criterion=line).remark == "台账不全"
    assert "台账不全" in expert.get(f"/jury/sheets/{sheet.pk}/").content.decode()


@pytest.mark.parametrize("text", ["4.5%", "1,234", "12 份", "+3"])
def test_figures_as_people_write_them(text):
    assert re.fullmatch(r"\+?[\d.]+", figure(text))


def test_the_browser_is_told_for_whom_it_is_signed_in_and_nothing_that_names_them():
    user = make.user()
    owner = inside(user).get("/session/").json()["owner"]
    assert re.fullmatch(r"[0-9a-f]{16}", owner)
    assert Client().get("/session/").json() == {"owner": ""}
    assert owner != inside(make.user()).get("/session/").json()["owner"]


def test_nothing_is_taken_in_the_name_of_somebody_who_signed_in_meanwhile():
    _application, one, two, here = colleagues()
    owner = two.get("/session/").json()["owner"]
    answer = one.post(f"{here}save/", {"plan": "乙的页面"}, headers=HTMX | {"X-Owner": owner})
    assert answer.status_code == 401
    assert Application.objects.get().answer("plan") is None


def test_a_post_that_was_taken_says_so_by_its_number_and_one_that_was_not_says_nothing():
    _application, one, _two, here = colleagues()
    taken = one.post(f"{here}save/", {"plan": "规划", "kept": "abc123"})
    assert taken.cookies["kept_done"].value == "abc123"
    for bad in ({"trained_last_year": "很多", "kept": "abc123"}, {"plan": "规划", "kept": "a b"}):
        assert "kept_done" not in one.post(f"{here}save/", bad).cookies
    one.logout()
    assert "kept_done" not in one.post(f"{here}save/", {"plan": "规划", "kept": "abc123"}).cookies


def test_after_a_session_ended_on_a_post_one_comes_back_to_the_page_it_was_sent_from():
    _application, one, _two, here = colleagues()
    one.get(here)
    one.cookies.pop("sessionid")
    answer = one.post(f"{here}save/", {"plan": "规划"}, headers={"Referer": f"http://testserver{here}"})
    assert f"next={here.replace('/', '%2F')}" in answer.url


def a_sheet():
    review = make.review("discussed")
    expert = review.panel.seats.first().expert.user
    sheet = open_sheet(review, by=expert)
    return sheet, sheet.rubric.criteria.first(), inside(expert)


def test_prints_stand_in_the_page_as_one_field():
    _application, one, _two, here = colleagues(summary="原简介")
    prints = json.loads(carried(one, here))
    assert {"summary", "plan", "*page"} <= set(prints)


def test_a_call_changed_by_two_officers_keeps_both_their_changes_or_asks():
    call = make.call(state="draft")
    one, two = (inside(make.holder("officer", call.authority)) for _ in range(2))
    here = f"/desk/calls/{call.pk}/edit/"
    first, second = fields_of(one, here), fields_of(two, here)
    assert one.post(here, first | {"requirements": "甲的要求", "title": "甲的标题"}).status_code == 302
    assert two.post(here, second | {"contact_office": "乙的科室"}).status_code == 302
    call.refresh_from_db()
    assert (call.requirements, call.contact_office, call.title) == ("甲的要求", "乙的科室", "甲的标题")
    again = two.post(here, second | {"requirements": "乙的要求", "contact_office": "乙的科室"})
    assert again.status_code == 422
    assert re.search(r'class="z-theirs">\s*甲的要求', again.content.decode())
    call.refresh_from_db()
    assert call.requirements == "甲的要求"


def test_an_answer_written_anew_meanwhile_is_not_written_over():
    objection = make.objection(state="handling")
    officers = [make.holder("officer", objection.posting.authority) for _ in range(2)]
    here = f"/desk/publicity/objections/{objection.pk}/"
    clients = [inside(officer) for officer in officers]
    old = [carried(client, here) for client in clients]
    clients[0].post(f"{here}propose/", {"based_on": old[0], "upholds": "0", "answer": "甲的答复"})
    objection.refresh_from_db()
    objection.state = "handling"  # sent back by the approver
    objection.save()
    answer = clients[1].post(f"{here}propose/", {"based_on": old[1], "upholds": "0", "answer": "乙的答复"})
    assert answer.status_code == 422
    assert "甲的答复" in answer.content.decode()
    objection.refresh_from_db()
    assert (objection.state, objection.answer) == ("handling", "甲的答复")


def test_who_marks_a_material_second_is_told_that_another_marked_it():
    application, officer = make.to_screen()
    other = inside(make.holder("officer", application.authority))
    slot = application.carrier_type.materials.first()
    here = f"/desk/screening/{application.pk}/"
    prints = re.findall(r'name="seen" value="([0-9a-f]*)"', other.get(here).content.decode())
    mark = f"{here}marks/{slot.pk}/"
    inside(officer).post(mark, {"found": "in_words", "reason": "缺页", "seen": prints[0]})
    answer = other.post(mark, {"found": "in_order", "seen": prints[0]}, headers=HTMX)
    assert answer.status_code == 409
    assert str(officer) in answer.content.decode()
    assert application.materials.get(requirement=slot).check_mark.reason == "缺页"


def fields_of(client, here):
    """What a browser would send of a form as it is drawn."""
    form = client.get(here).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    shown |= {key: f"{value:%Y-%m-%d %H:%M:%S}" for key, value in shown.items() if hasattr(value, "hour")}
    kept = {key: value for key, value in shown.items() if value not in (None, False)}
    return kept | {"types": shown["types"], "based_on": carried(client, here)}
