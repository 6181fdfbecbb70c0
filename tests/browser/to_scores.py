"""From the plan to the signed scores, by clicking."""

from datetime import timedelta

from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conftest import work
from tests.browser.howto import all_shown, shows
from tests.browser.person import Person, say
from tests.browser.year import CLEAN, FAULTY, FOUNDED_ON, MASTER, PACK, UNITS, Applicant, Year
from zaiti import clock
from zaiti.accounts.models import Authority, Organisation
from zaiti.applications.models import Application
from zaiti.panels.models import Panel, ScoreSheet
from zaiti.programmes.packs import load_pack
from zaiti_replay.cast import add_experts, credit_code, found_city, staff_bureau
from zaiti_replay.play import moment


def the_city_opens_the_year(year: Year) -> None:
    """The city's officer makes the year from its pack, the approver opens it; the notice's quotas stand."""
    pack = load_pack(settings.POLICIES / f"{PACK}.yaml")
    year.calendar.turn_to(moment("2024-07-15"))
    city = Authority.objects.create(
        code=pack.city.code, level="city", name=pack.city.name, doc_prefix=pack.city.doc_prefix
    )
    year.cast = found_city(city)
    officer = year.city_officer
    officer.menu("Years and plan")
    officer.link("Prepare a year")
    officer.fill("#pack", **{"pack-pack": PACK})
    officer.picture("makes-the-year")
    officer.button("Begin with this pack")
    officer.button("Put before the approver")
    officer.is_at("waiting for approval")
    approver = year.city_approver
    approver.menu("Years and plan")
    approver.page.locator("#drafts a").click()
    approver.picture("opens-the-year")
    approver.confirm("Open the year")
    officer.menu("Years and plan")
    officer.link("Quota table")
    quotas = officer.page.locator("[data-quotas]")
    assert [box.input_value() for box in quotas.locator("input.z-cell").all()] == ["3", "2", "1"]
    assert quotas.locator("[data-total]").inner_text() == "6"
    officer.picture("sees-the-quota-table")
    staff_bureau(Authority.objects.get(code="luohu"), by=year.cast.admin)
    add_experts(year.cast, count=5)


def the_district_publishes_its_call(year: Year) -> None:
    """The officer drafts and prepares the call, the approver publishes it."""
    year.calendar.turn_to(moment("2024-07-26", 15))
    officer = year.officer
    officer.link("Prepare the call")
    officer.tick_all("types")
    officer.fill("#fields", requirements="申报单位须于现场考察时备齐原件。（示例）")
    officer.picture("drafts-the-call")
    officer.button("Save the draft")
    officer.is_at("draft")
    officer.button("Put before the approver")
    officer.is_at("waiting for approval")
    year.calendar.turn_to(moment("2024-07-29", 10))
    approver = year.approver
    approver.link("Call waiting for your approval")
    approver.picture("reads-the-call")
    approver.button("Approve and publish")
    approver.is_at("published")
    work()
    approver.picture("published-the-call")


def units_apply(year: Year) -> None:
    """Three units register, fill the form, drop their scans and hand in."""
    for day, unit in enumerate(UNITS):
        year.calendar.turn_to(moment("2024-08-13", 10) + timedelta(days=day))
        applicant = register(year, unit)
        is_confirmed(year, applicant, unit)
        start_and_fill(applicant, unit)
        drop_materials(year, applicant, unit)
        hand_in(applicant, unit)
    work()


def register(year: Year, unit: Applicant) -> Person:
    """Somebody signs up and registers their unit."""
    applicant = year.of(unit.account)
    applicant.open("/accounts/login/")
    applicant.link("Register a unit that wants to apply")
    given = {"name": "联系人（示例）", "username": unit.account, "email": f"{unit.account}@example.com"}
    applicant.fill("main form", **given, password1=unit.password, password2=unit.password)
    if unit is CLEAN:
        shows(applicant, "signs-up", "main form button[type=submit] >> nth=-1")
    applicant.click(applicant.page.locator("main form button").last)
    applicant.page.wait_for_url("**/my/**")
    applicant.fill(
        "main", uscc=f" {credit_code(unit.serial).lower()} ", name=unit.name, kind="enterprise",
        founded_on=FOUNDED_ON, legal_person="法定代表人（示例）", district=year.district,
        registered_address="深圳市示例路1号", operating_address="深圳市示例路1号",
    )  # fmt: skip
    if unit is CLEAN:
        shows(applicant, "registers-the-unit", f"main button:has-text('{say('Register the unit')}')")
    applicant.button("Register the unit")
    applicant.sees(unit.name)
    assert Organisation.objects.get(name=unit.name).uscc == credit_code(unit.serial)
    return applicant


def is_confirmed(year: Year, applicant: Person, unit: Applicant) -> None:
    """The unit's sealed letter says who acts for it; the district's officer confirms."""
    applicant.open("/my/authorisation/")
    applicant.files("[name=letter]", year.papers(unit, "授权委托书"))
    if unit is CLEAN:
        shows(applicant, "sends-the-letter", f"main button:has-text('{say('Send the letter')}')")
    applicant.button("Send the letter")
    applicant.sees(say("Your letter"))
    officer = year.officer
    officer.open("/desk/units/")
    officer.link(unit.name)
    officer.confirm("Confirm")
    assert Organisation.objects.get(name=unit.name).confirmed


def start_and_fill(applicant: Person, unit: Applicant) -> None:
    """The applicant starts an application and fills its form, which saves itself."""
    applicant.start()
    offer = applicant.page.locator("[data-types] li", has_text=unit.type)
    if unit is CLEAN:
        shows(applicant, "finds-the-open-call", f"[data-types] li:has-text('{unit.type}') button")
    offer.get_by_role("button", name=say("Start an application")).click()
    applicant.sees(say("What is still missing"))
    master = {"master_name": "大师（示例）", "master_certificate": f"SL-{unit.serial}"}
    applicant.fill(
        "#form",
        carrier_name=f"{unit.name}{unit.type}", training_address="深圳市罗湖区示例路1号实训楼",
        occupations="电工、养老护理员", trained_last_year=320,
        summary="常年面向员工和社会劳动者开展技能培训。（示例）", plan="三年内扩建实训场地。（示例）",
        contact_name="联系人（示例）", contact_phone="0755-00000000",
        **(master if unit is MASTER else {}),
    )  # fmt: skip
    applicant.page.locator("[data-saved][data-state=done]").wait_for()
    if unit is CLEAN:
        shows(applicant, "fills-the-form", "#form [name=occupations]")


def drop_materials(year: Year, applicant: Person, unit: Applicant) -> None:
    """All scans in one drop; sorted by their names, confirmed at once."""
    application = Application.objects.get(organisation__name=unit.name)
    wanted = application.carrier_type.materials.filter(required=True).values_list("name", flat=True)
    applicant.files("#id_files", year.papers(unit, *wanted))
    applicant.page.locator("#sorted").wait_for()
    if unit is CLEAN:
        shows(
            applicant,
            "drops-all-scans-at-once",
            f"#sorted button:has-text('{say('Put the files in place')}')",
        )
    applicant.button("Put the files in place")
    applicant.sees(say("Nothing is missing."))
    if unit is CLEAN:
        shows(
            applicant,
            "sees-nothing-is-missing",
            f"details[data-confirm] > summary:has-text('{say('Submit')}')",
        )


def hand_in(applicant: Person, unit: Applicant) -> None:
    """The applicant hands in and keeps the receipt."""
    applicant.confirm("Submit")
    applicant.page.wait_for_url("**/receipt/")
    applicant.sees("SHA-256")
    if unit is CLEAN:
        shows(applicant, "keeps-the-receipt")


def the_officer_checks_the_applications(year: Year) -> None:
    """One is clean, one returned once with its faults and corrected, all are accepted."""
    year.calendar.turn_to(moment("2024-08-19", 9))
    officer = year.officer
    officer.picture("sees-what-is-due")
    officer.menu("Screening")
    officer.picture("sees-the-queue")
    officer.link("Begin with the one due first")
    accept(officer, CLEAN)
    return_with_a_fault(officer)
    accept(officer, MASTER)
    work()
    year.calendar.turn_to(moment("2024-08-21", 10))
    correct(year)
    year.calendar.turn_to(moment("2024-08-23", 9))
    officer = year.officer
    officer.link("Applications to check")
    accept(officer, FAULTY)
    work()
    assert {one.state for one in Application.objects.all()} == {Application.State.ACCEPTED}


def accept(officer: Person, unit: Applicant) -> None:
    """The officer finds everything in order and accepts."""
    officer.sees(unit.name)
    take_copies(officer)
    officer.button("The rest in order" if officer.page.locator("[data-marked]").count() else "All in order")
    officer.ask("Accept")
    officer.page.locator("dialog[open] .z-letter").wait_for()
    officer.picture(f"accepts-{unit.account}")
    officer.button("Accept", within="dialog[open]")
    officer.page.locator(".z-messages, .alert").filter(has_text=unit.name).first.wait_for()


def take_copies(officer: Person) -> None:
    """The bound copies lie on the counter; the form is filled in as they most likely come."""
    if officer.page.locator("#copy form").count():
        officer.button("Give a receipt", within="#copy")
        officer.page.locator("#copy .badge, #copy a").first.wait_for()


def return_with_a_fault(officer: Person) -> None:
    """The officer marks two materials and returns the application once, with everything listed."""
    officer.sees(FAULTY.name)
    for number in (1, 3):
        line = officer.page.locator("#checklist > ol > li").nth(number)
        line.locator("button.z-chip:not(.z-chip-good)").first.click()
        officer.page.locator("#checklist > ol > li").nth(number).locator("[data-marked]").wait_for()
    officer.ask("Return for correction")
    officer.page.locator("dialog[open] .z-letter").wait_for()
    officer.picture("lists-every-fault-at-once")
    officer.button("Return for correction", within="dialog[open]")
    officer.page.locator(".z-messages, .alert").filter(has_text=FAULTY.name).first.wait_for()


def correct(year: Year) -> None:
    """The applicant reads the notice, scans the two anew and hands the correction in."""
    applicant = year.of(FAULTY.account)
    applicant.picture("is-told-what-to-correct")
    applicant.link("Answer the correction notice")
    shows(applicant, "sees-the-faults-and-their-slots", "[data-slot=to_correct] .btn >> nth=0")
    assert all_shown(applicant)
    wrong = applicant.page.locator("[data-slot=to_correct]")
    for left in range(wrong.count(), 0, -1):
        name = wrong.first.locator("[data-name]").inner_text()
        applicant.files("[data-slot=to_correct] >> nth=0 >> input[type=file]", year.papers(FAULTY, name))
        expect(wrong).to_have_count(left - 1)
    applicant.button("Hand in the correction")
    applicant.page.wait_for_url("**/receipt/")
    applicant.picture("hands-the-correction-in")


def a_panel_visits_discusses_and_scores(year: Year) -> None:
    """A panel for each type is drawn while the supervisor watches; it visits, discusses, scores, signs."""
    year.calendar.turn_to(moment("2024-09-03", 9))
    for _panel in range(2):
        form_and_draw(year)
    work()
    supervisor = year.of("supervisor", "sz.supervisor")
    supervisor.menu("Draws of experts")
    supervisor.page.locator(".z-table tbody a").first.click()
    supervisor.sees(say("repeated: comes out the same"))
    supervisor.picture("repeats-the-draw")
    for day, panel in enumerate(Panel.objects.order_by("pk")):
        year.calendar.turn_to(moment("2024-09-05", 16) + timedelta(days=day))
        visit(year, panel)
        discuss(year, panel)
    year.calendar.turn_to(moment("2024-09-10", 9))
    score(year)
    work()
    year.calendar.turn_to(moment("2024-09-11", 9))
    for panel in Panel.objects.order_by("pk"):
        officer = at_panel(year, panel)
        officer.confirm("Finish the panel's work")
        officer.is_at("finished")
    work()


def form_and_draw(year: Year) -> None:
    """The officer forms a panel of three and draws it."""
    officer = year.officer
    officer.menu("Panels")
    officer.link("Form a panel")
    choices = officer.page.locator("[name=call_type] option:not([value=''])")
    officer.fill("main", call_type=choices.first.get_attribute("value"), size=3)
    officer.button("Form the panel")
    watching = officer.page.locator("[name=watched_by] option:not([value=''])")
    officer.fill("main", watched_by=watching.first.get_attribute("value"))
    officer.picture("draws-the-experts")
    officer.button("Draw now")
    officer.page.wait_for_url("**/draws/**")
    officer.picture("reads-the-draw")


def at_panel(year: Year, panel: Panel) -> Person:
    """The officer opens a panel from the list."""
    officer = year.officer
    officer.menu("Panels")
    officer.page.locator(f".z-table a[href='/desk/panels/{panel.pk}/']").click()
    return officer


def visit(year: Year, panel: Panel) -> None:
    """Each applicant is visited and the visit put on record."""
    for _review in range(panel.reviews.count()):
        officer = at_panel(year, panel)
        officer.link("Record the visit")
        officer.tick_all("visitors")
        when = f"{clock.now():%Y-%m-%d} 10:00:00"
        officer.fill("main", visited_at=when, findings="场地、设备与申报材料一致。（示例）")
        officer.picture("records-a-visit")
        officer.button("Put the visit on record")
        officer.page.wait_for_url(lambda url: not url.endswith("/visit/"))


def discuss(year: Year, panel: Panel) -> None:
    """The discussion is put on record; without it no scoring opens."""
    officer = at_panel(year, panel)
    officer.link("Record the discussion")
    for name in ("reviews", "present"):
        officer.tick_all(name)
    when = f"{clock.now():%Y-%m-%d} 15:00:00"
    officer.fill("main", held_at=when, place="会议室（示例）", text="逐一讨论，意见充分。（示例）")
    officer.picture("records-the-minutes")
    officer.button("Put the minutes on record and open scoring")
    officer.page.wait_for_url(lambda url: not url.endswith("/minutes/"))


def score(year: Year) -> None:
    """Every expert drawn scores each application with the keyboard and signs."""
    seated = Panel.objects.values_list("seats__expert__user__username", flat=True).order_by("seats__expert")
    for account in dict.fromkeys(seated):
        expert = year.of(account, account)
        expert.picture("sees-what-to-score")
        while expert.page.get_by_role("button", name=say("Score this application")).count():
            expert.button("Score this application")
            points = expert.page.locator("[data-points]")
            expect(points.first).to_be_focused()
            for number in range(points.count()):
                expert.page.keyboard.type(f"{int(points.nth(number).get_attribute('data-most')) * 0.9:g}")
                expert.page.keyboard.press("Enter")
            expert.sees(say("All criteria have points"))
            expert.picture("scores")
            expert.page.keyboard.press("Enter")
            expert.button("Sign and submit", within="dialog[open]")
            expert.page.wait_for_url("**/jury/")
    assert {sheet.state for sheet in ScoreSheet.objects.all()} == {ScoreSheet.State.SIGNED}
