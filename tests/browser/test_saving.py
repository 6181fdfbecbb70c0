"""What is typed is saved, or stays: two colleagues, a bad score, a session that ends, a line that breaks."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests import make
from tests.browser.conftest import PASSWORD, Enter
from tests.browser.person import Person, say
from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.panels.actions import open_sheet
from zaiti.panels.models import Review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def colleague_of(application: Application) -> User:
    """Another member of the same unit."""
    return make.user(organisation=application.organisation, org_role=User.OrgRole.MEMBER)


def experts_of(review: Review) -> list[User]:
    """The accounts of the panel's experts."""
    return [seat.expert.user for seat in review.panel.seats.select_related("expert__user")]


def kept(page: Page) -> list[str]:
    """What the browser keeps, sealed."""
    return page.evaluate(
        "Object.entries(localStorage).filter(([k]) => k.startsWith('zaiti:keep:')).map(([, v]) => v)"
    )


def wait_until(true: Callable[[], bool], page: Page) -> None:
    """Look again until it is so; the pages' policy forbids waiting inside them."""
    for _try in range(100):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came true")


def sign_in_again(person: Person, user: User) -> None:
    """Use the dialog's form."""
    frame = person.page.frame_locator(".z-signin-dialog iframe")
    frame.locator("[name=login]").fill(user.username)
    frame.locator("[name=password]").fill(PASSWORD)
    frame.locator("[data-signin] button.btn-primary").click()
    expect(person.page.locator(".z-signin-dialog")).to_have_count(0)


def saved(person: Person) -> None:
    expect(person.page.locator("[data-saved][data-state=done]")).to_be_visible()


def test_two_colleagues_on_one_form_keep_both_their_words(enter: Enter) -> None:
    application = make.application(summary="原文")
    first, second = application.contact, colleague_of(application)
    one, two = enter(first), enter(second)
    for person in (one, two):
        person.open(f"/my/applications/{application.pk}/")
    one.fill("#form", summary="甲写的简介")
    saved(one)
    two.fill("#form", plan="乙写的规划")
    saved(two)
    application.refresh_from_db()
    assert (application.answer("summary"), application.answer("plan")) == ("甲写的简介", "乙写的规划")
    two.fill("#form", summary="乙也写了简介")
    clash = two.page.locator("[data-field=summary] [data-conflict]")
    expect(clash).to_contain_text("甲写的简介")
    expect(clash).to_contain_text(str(first))
    expect(two.page.locator("[data-saved]")).to_have_attribute("data-state", "failed")
    clash.get_by_text(say("Keep mine")).click()
    saved(two)
    application.refresh_from_db()
    assert application.answer("summary") == "乙也写了简介"
    one.fill("#form", summary="甲再改")
    one.page.locator("[data-field=summary] [data-conflict]").get_by_text(say("Take theirs")).click()
    expect(one.page.locator("[name=summary]")).to_have_value("乙也写了简介")
    application.refresh_from_db()
    assert application.answer("summary") == "乙也写了简介"


def test_a_bad_score_is_not_saved_and_the_former_one_stays(enter: Enter) -> None:
    review: Review = make.review("discussed")
    expert = experts_of(review)[0]
    sheet = open_sheet(review, by=expert)
    line = sheet.rubric.criteria.first()
    person = enter(expert)
    person.open(f"/jury/sheets/{sheet.pk}/")
    name = f"points_{line.pk}"
    person.fill("#score-sheet", **{name: " ４．５分"})
    saved(person)
    assert sheet.scores.get(criterion=line).points == 4.5
    person.fill("#score-sheet", **{name: "999"})
    beside = person.page.locator(f"[data-field={name}] [data-not-saved]")
    expect(beside).to_be_visible()
    expect(person.page.locator("[data-saved]")).to_have_attribute("data-state", "failed")
    assert sheet.scores.get(criterion=line).points == 4.5
    expect(person.page.locator(f"[name={name}]")).to_have_value("999")


def test_a_visit_typed_while_the_session_ended_is_sent_after_signing_in_again(enter: Enter) -> None:
    review: Review = make.review()
    officer = make.holder("officer", review.panel.authority)
    person = enter(officer)
    person.open(f"/desk/panels/reviews/{review.pk}/visit/")
    person.fill(
        "main", visited_at="2025-06-01 09:00:00", place="示例路 1 号", findings="实地核查所见（示例）"
    )
    person.tick_all("visitors")
    Session.objects.all().delete()
    person.button("Put the visit on record")
    sign_in_again(person, officer)
    person.page.wait_for_url(lambda url: "/visit/" not in url)
    review.refresh_from_db()
    assert review.visit.findings == "实地核查所见（示例）"
    assert kept(person.page) == []


def test_a_visit_is_put_back_after_signing_in_on_the_sign_in_page(enter: Enter) -> None:
    review: Review = make.review()
    officer = make.holder("officer", review.panel.authority)
    person = enter(officer)
    person.open(f"/desk/panels/reviews/{review.pk}/visit/")
    person.fill("main", findings="实地核查所见（示例）")
    wait_until(lambda: bool(kept(person.page)), person.page)
    assert "核查" not in kept(person.page)[0]
    Session.objects.all().delete()
    person.page.goto("about:blank")
    person.open(f"/desk/panels/reviews/{review.pk}/visit/")
    assert "/accounts/login/" in person.page.url
    person.page.fill("[name=login]", officer.username)
    person.page.fill("[name=password]", PASSWORD)
    person.button("Sign in", within="form[data-signin]")
    expect(person.page.locator("[name=findings]")).to_have_value("实地核查所见（示例）")
    expect(person.page.locator(".alert[data-restored]")).to_be_visible()
    person.page.locator(".alert[data-restored] button").click()
    expect(person.page.locator("[name=findings]")).to_have_value("")


def test_a_form_saved_by_itself_survives_the_end_of_the_session(enter: Enter) -> None:
    application = make.application()
    person = enter(application.contact)
    person.open(f"/my/applications/{application.pk}/")
    Session.objects.all().delete()
    person.fill("#form", plan="会话结束后写的规划")
    sign_in_again(person, application.contact)
    saved(person)
    application.refresh_from_db()
    assert application.answer("plan") == "会话结束后写的规划"


def test_what_is_typed_without_a_line_is_saved_when_it_is_back(enter: Enter) -> None:
    application = make.application()
    person = enter(application.contact)
    person.open(f"/my/applications/{application.pk}/")
    person.context.set_offline(True)
    person.fill("#form", plan="断网时写的规划")
    expect(person.page.locator("[data-field=plan] .z-unsaved")).to_contain_text(
        say("Not saved: there is no connection.")
    )
    expect(person.page.locator("[data-saved]")).to_have_attribute("data-state", "failed")
    wait_until(lambda: len(kept(person.page)) == 1, person.page)
    person.context.set_offline(False)
    saved(person)
    expect(person.page.locator("[data-field=plan] .z-unsaved")).to_have_count(0)
    application.refresh_from_db()
    assert application.answer("plan") == "断网时写的规划"
    wait_until(lambda: not kept(person.page), person.page)


def test_signing_out_clears_what_was_kept_and_another_account_sees_nothing(enter: Enter) -> None:
    application = make.application()
    person = enter(application.contact)
    person.open(f"/my/applications/{application.pk}/")
    person.context.route("**/save/", lambda route: route.abort())
    person.fill("#form", plan="没保存的规划")
    expect(person.page.locator("[data-field=plan] .z-unsaved")).to_be_visible()
    wait_until(lambda: len(kept(person.page)) == 1, person.page)
    person.page.evaluate("document.querySelector('[data-sign-out]').requestSubmit()")
    person.page.wait_for_url(lambda url: "/my/" not in url)
    assert kept(person.page) == []


def test_a_colleague_at_the_same_browser_is_not_offered_what_another_kept(enter: Enter) -> None:
    application = make.application()
    colleague = colleague_of(application)
    person, other = enter(application.contact), enter(colleague)
    here = f"/my/applications/{application.pk}/"
    person.open(here)
    person.context.route("**/save/", lambda route: route.abort())
    person.fill("#form", plan="没保存的规划")
    expect(person.page.locator("[data-field=plan] .z-unsaved")).to_be_visible()
    person.context.add_cookies(other.context.cookies())
    person.page.goto("about:blank")
    person.open(here)
    expect(person.page.locator("[name=plan]")).to_have_value("")
    assert len(kept(person.page)) == 1
    assert Application.objects.get(pk=application.pk).answer("plan") is None
