"""How little each of the twelve jobs takes, counted: clicks, drops and key presses that stand for a click."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SCREENS
from tests.browser.pages import application, call, judge, panel, posting, scorer
from tests.browser.person import Album, Person, say
from tests.browser.town import Town
from zaiti.applications.models import Application
from zaiti.carriers.models import Carrier
from zaiti.publicity.models import Objection
from zaiti_replay.scans import scan

pytestmark = pytest.mark.browser

Enter = Callable[..., Person]


@pytest.fixture
def enter(town: Town, chromium: Browser, server: str, pictures: bool) -> Iterator[Enter]:
    """Somebody at their start page, signed in, nothing clicked yet."""
    people: list[Person] = []
    album = Album(SCREENS / "clicks" if pictures else None)

    def come(account: str = "") -> Person:
        person = Person(chromium, server, account or "citizen", album)
        person.context.add_cookies(town.cookies(account, server))
        person.start()
        people.append(person)
        return person

    yield come
    for person in people:
        person.leave()


def test_a_citizen_finds_who_was_recognised_in_luohu_in_2024_by_two_clicks(enter: Enter) -> None:
    citizen = enter()
    citizen.click(citizen.page.locator("[data-year]", has_text="2024").get_by_role("link", name="罗湖"))
    citizen.sees(*Carrier.objects.filter(year=2024).values_list("organisation__name", flat=True))
    assert citizen.clicks <= 2


def test_a_citizen_finds_them_by_one_search(enter: Enter) -> None:
    citizen = enter()
    citizen.page.fill("#site-q", "罗湖 2024")
    citizen.press("Enter")
    citizen.sees(*Carrier.objects.filter(year=2024).values_list("organisation__name", flat=True))
    assert citizen.clicks == 1


def test_a_citizen_objects_to_a_posted_name_on_one_page_by_one_submit(enter: Enter) -> None:
    citizen, made = enter(), posting()
    citizen.open(f"/postings/{made.pk}/object/{made.names.order_by('pk')[0].candidate_id}/")
    before = Objection.objects.count()
    citizen.fill("main", text="培训台账与实际不符。（示例）", name="异议人", phone="0755-00000000")
    citizen.fill("main", identity_number="11010519491231002X")  # the worked example of GB 11643-1999
    citizen.button("Lodge the objection")
    citizen.page.wait_for_url("**/objections/**")
    assert (citizen.clicks, Objection.objects.count()) == (1, before + 1)


def test_an_applicant_sees_what_is_missing_beside_the_form_without_a_click(enter: Enter) -> None:
    applicant = enter("longhua1")
    applicant.open(f"/my/applications/{application('longhua1').pk}/")
    expect(applicant.page.locator("#owing li")).to_have_count(3)
    expect(applicant.page.locator("#owing")).to_be_in_viewport()
    assert applicant.clicks == 0


def test_an_applicant_puts_all_scans_in_their_slots_by_one_drop_and_one_confirm(
    enter: Enter, tmp_path: Path
) -> None:
    applicant, made = enter("longhua1"), application("longhua1")
    applicant.open(f"/my/applications/{made.pk}/")
    names = list(made.carrier_type.materials.values_list("name", flat=True))
    applicant.files("#id_files", [_scan(tmp_path, name) for name in names])
    applicant.page.locator("#sorted").wait_for()
    applicant.button("Put the files in place")
    expect(applicant.page.locator("#sorted")).to_have_count(0)
    assert applicant.clicks == 2
    assert made.materials.filter(versions__removed_at=None).distinct().count() == len(names)
    assert applicant.page.locator("#owing li").count() == 0


def test_an_applicant_answers_a_correction_notice_by_three_clicks(enter: Enter, tmp_path: Path) -> None:
    applicant = enter("longgang2")
    applicant.link("Answer the correction notice")
    slot = applicant.page.locator("[data-slot=to_correct]")
    name = slot.locator("[data-name]").inner_text()
    applicant.files("[data-slot=to_correct] input[type=file]", _scan(tmp_path, name))
    applicant.button("Hand in the correction")
    applicant.page.wait_for_url("**/receipt/")
    assert applicant.clicks <= 3
    assert application("longgang2").state == Application.State.SUBMITTED


def test_an_officer_knows_what_is_due_and_by_when_without_a_click(enter: Enter) -> None:
    officer = enter("longgang.officer")
    due = officer.page.locator(".dues li", has_text=say("Applications to check"))
    expect(due).to_be_visible()
    expect(due).to_contain_text("7 月 1 日")
    assert officer.clicks == 0


def test_an_officer_accepts_a_clean_application_by_three_clicks_and_the_next_opens(enter: Enter) -> None:
    officer = enter("longgang.officer")
    officer.link("Applications to check")
    first = officer.page.url
    officer.ask("Accept")
    officer.button("Accept", within="dialog[open]")
    officer.page.wait_for_url(lambda url: url != first)
    expect(officer.page.locator("[data-screen]")).to_be_visible()
    assert officer.clicks <= 3
    assert Application.objects.get(pk=first.rstrip("/").rpartition("/")[2]).state == "accepted"


def test_an_officer_returns_one_with_four_faults_by_four_marks_one_check_and_one_confirm(
    enter: Enter,
) -> None:
    officer, made = enter("longgang.officer"), application("longgang4")
    officer.open(f"/desk/screening/{made.pk}/")
    lines = officer.page.locator("#checklist > ol > li")
    for number in range(4):
        officer.click(lines.nth(number).locator("button.z-chip:not(.z-chip-good)").nth(1))
        lines.nth(number).locator("[data-marked]").wait_for()
    officer.ask("Return for correction")
    text = officer.page.locator("dialog[open] textarea").input_value()
    assert len(text.strip().splitlines()) == 4
    officer.button("Return for correction", within="dialog[open]")
    officer.page.wait_for_url(lambda url: f"/{made.pk}/" not in url)
    assert officer.clicks <= 4 + 1 + 1
    assert application("longgang4").state == Application.State.RETURNED


def test_an_expert_scores_the_next_by_one_click_the_keyboard_and_one_signature(enter: Enter) -> None:
    expert = enter(judge(signed=False))
    expert.button("Score this application")
    points = expert.page.locator("[data-points]")
    expect(points.first).to_be_focused()
    for number in range(points.count()):
        most = points.nth(number).get_attribute("data-most") or "0"
        expert.page.keyboard.type(most)
        expert.page.keyboard.press("Enter")
    expert.page.keyboard.press("Enter")
    expert.button("Sign and submit", within="dialog[open]")
    expert.page.wait_for_url("**/jury/")
    assert expert.clicks == 1 + 1


def test_an_expert_widens_the_score_sheet_by_the_arrow_keys_and_it_stays_so(enter: Enter) -> None:
    expert = enter(scorer().username)
    expert.open(f"/jury/sheets/{scorer().expert.seats.get(panel=panel('nanshan')).sheets.get().pk}/")
    sheet = expert.page.locator(".z-divider + section")
    before = sheet.bounding_box()
    expert.page.locator(".z-divider").press("ArrowLeft")
    expert.page.reload()
    after = sheet.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"]


def test_a_chair_sees_where_the_experts_disagree_by_one_click(enter: Enter) -> None:
    chair = enter(panel("nanshan").seats.get(chair=True).expert.user.username)
    chair.link("Where the experts disagree")
    expect(chair.page.locator("h1")).to_have_text(say("Where the experts disagree"))
    assert chair.clicks == 1


def test_the_city_sees_which_district_is_late_without_a_click_and_reminds_it_by_one(enter: Enter) -> None:
    officer = enter("sz.officer")
    late = officer.page.locator(".behind li")
    district = late.first.locator("b").inner_text()
    assert officer.clicks == 0
    officer.click(late.first.get_by_role("button"))
    expect(officer.page.locator(".z-messages, .alert").first).to_contain_text(district)
    assert officer.clicks == 1


def test_an_approver_reads_compares_and_approves_by_two_clicks(enter: Enter) -> None:
    approver = enter("pingshan.approver")
    approver.link("Call waiting for your approval")
    approver.sees(say("What changed since the last version"))
    approver.button("Approve and publish")
    approver.is_at("published")
    assert approver.clicks <= 2
    assert call("pingshan").state == "published"


def _scan(folder: Path, name: str) -> Path:
    path = folder / f"{name.replace('/', '、')}.pdf"
    path.write_bytes(scan(name, "示例单位"))
    return path
