"""From the meeting's decision to the register, by clicking."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.conftest import work
from tests.browser.person import say
from tests.browser.year import FAULTY, MASTER, OBJECTOR, UNITS, Applicant, Year
from zaiti import clock
from zaiti.carriers.models import Carrier
from zaiti.ledger.chain import first_break
from zaiti.ledger.models import Entry
from zaiti.programmes.models import Cycle
from zaiti.publicity.models import Objection, Posting
from zaiti_replay.play import moment


def the_meeting_decides(year: Year) -> None:
    """The officer ranks and writes the decision down, the approver approves it."""
    year.calendar.turn_to(moment("2024-09-13", 10))
    for _list in range(2):
        officer = year.officer
        officer.menu("Ranking")
        officer.button("Make the ranking")
        officer.fill("main", meeting_text="会议同意按评审排名确定候选名单。（示例）")
        officer.picture("writes-the-decision")
        officer.button("Submit for approval")
        officer.is_at("decided, waiting for approval")
    for _list in range(2):
        approver = year.approver
        approver.link("Candidate lists waiting for your approval")
        rows = approver.page.locator(".z-table tbody tr", has_text=say("decided, waiting for approval"))
        rows.first.locator("a").first.click()
        approver.picture("reads-the-decision")
        approver.confirm("Approve")
        approver.is_at("approved")
    work()


def the_names_are_posted_and_one_is_objected_to(year: Year) -> None:
    """Five working days of posting; a citizen objects under a real name; two officials answer."""
    year.calendar.turn_to(moment("2024-09-18", 9))
    officer = year.officer
    officer.link("Candidates to post")
    officer.link("Prepare the posting")
    officer.picture("prepares-the-posting")
    officer.confirm("Publish the posting")
    officer.is_at("being posted")
    work()
    year.calendar.turn_to(moment("2024-09-20", 11))
    object_to(year, FAULTY)
    year.calendar.turn_to(moment("2024-09-23", 10))
    answer(year)
    posting = Posting.objects.get()
    year.calendar.turn_to(clock.end_of_day(posting.last_day) + timedelta(hours=9))
    officer = year.officer
    officer.menu("Publicity")
    officer.page.locator(f".z-table a[href='/desk/publicity/{posting.pk}/']").click()
    officer.confirm("End the posting")
    officer.is_at("ended")
    officer.picture("ended-the-posting")


def object_to(year: Year, unit: Applicant) -> None:
    """A citizen finds the posting and objects: one page, one submit."""
    citizen = year.of("citizen")
    citizen.picture("comes-to-the-public-site")
    citizen.page.locator("main a[href^='/postings/']").first.click()
    citizen.picture("reads-the-posting")
    row = citizen.page.locator("main tr", has_text=unit.name)
    row.locator("a[href*='/object/']").click()
    citizen.fill(
        "main", text="该单位培训台账与实际不符。（示例）", name="异议人", identity_number=OBJECTOR,
        phone="0755-00000000",
    )  # fmt: skip
    citizen.picture("objects")
    citizen.button("Lodge the objection")
    citizen.page.wait_for_url("**/objections/**")
    citizen.sees(Objection.objects.get().number)
    citizen.picture("keeps-the-secret-link")


def answer(year: Year) -> None:
    """The officer looks into it and proposes an answer, the approver sends it."""
    officer = year.officer
    officer.menu("Objections")
    officer.page.locator(".z-table tbody a").first.click()
    officer.button("Take up")
    officer.fill("main", upholds="0", answer="经核查，培训台账与实际相符，异议不成立。（示例）")
    officer.picture("proposes-an-answer")
    officer.button("Submit for approval")
    officer.is_at("answer waiting for approval")
    approver = year.approver
    approver.menu("Objections")
    approver.page.locator(".z-table tbody a").first.click()
    approver.confirm("Approve the answer")
    approver.is_at("not upheld")
    approver.picture("answers-the-objection")
    work()


def the_district_reports(year: Year) -> None:
    """The officer writes the report, the approver sends it, the city accepts."""
    year.calendar.turn_to(moment("2024-09-27", 10))
    officer = year.officer
    officer.link("Report the candidates to the city")
    officer.link("Write the report")
    officer.fill("main", opinion="经公示无异议或异议不成立，现予报送。")
    officer.picture("writes-the-report")
    officer.button("Submit for approval")
    officer.is_at("waiting for approval")
    approver = year.approver
    approver.link("Reports waiting for your approval")
    approver.page.locator(".z-table tbody a").first.click()
    approver.confirm("Send to the city")
    approver.is_at("sent to the city")
    work()
    approver.picture("sent-the-report")
    year.calendar.turn_to(moment("2024-10-08", 15))
    reviewer = year.city_reviewer
    reviewer.link("District reports to accept or send back")
    reviewer.page.locator(".z-table tbody a").first.click()
    reviewer.confirm("Take the report")
    reviewer.is_at("accepted by the city")
    reviewer.picture("accepts-the-report")


def the_city_announces(year: Year) -> None:
    """The city's officer prepares the one announcement, its approver publishes it."""
    year.calendar.turn_to(moment("2024-11-14", 10))
    officer, cycle = year.city_officer, Cycle.objects.get()
    officer.menu("Reports and results")
    officer.page.locator(f"main a[href='/desk/results/announcements/{cycle.pk}/']").click()
    officer.picture("prepares-the-announcement")
    officer.button("Submit for approval")
    officer.is_at("waiting for approval")
    year.calendar.turn_to(moment("2024-11-15", 10))
    approver = year.city_approver
    approver.menu("Reports and results")
    approver.page.locator(f"main a[href='/desk/results/announcements/{cycle.pk}/']").click()
    approver.confirm("Publish the announcement")
    approver.is_at("published")
    work()
    approver.picture("publishes-the-announcement")
    assert sorted(Carrier.objects.values_list("organisation__name", flat=True)) == sorted(
        unit.name for unit in UNITS
    )


def the_register_and_the_ledger_tell_of_it(year: Year) -> None:
    """The public finds the carriers, their units too; the auditor has the chain recomputed, and it holds."""
    year.calendar.turn_to(moment("2024-11-18", 9))
    carrier = Carrier.objects.get(organisation__name=MASTER.name)
    citizen = year.of("citizen")
    citizen.menu("Register of carriers")
    citizen.sees(*(unit.name for unit in UNITS))
    citizen.picture("finds-the-register")
    citizen.page.locator("main .z-table a", has_text=carrier.name).click()
    citizen.sees(carrier.certificate_number, say("Recognised and entered in the register"))
    citizen.picture("reads-a-carriers-entry")
    applicant = year.of(MASTER.account)
    applicant.menu("Our carriers")
    applicant.sees(carrier.certificate_number)
    applicant.picture("sees-the-certificate")
    auditor = year.of("auditor", "sz.auditor")
    auditor.menu("Ledger")
    auditor.button("Recompute the chain now")
    auditor.page.locator(".z-messages, .alert").first.wait_for()
    work()
    auditor.menu("Ledger")
    expect(auditor.page.locator("#chain")).to_contain_text(say("holds"))
    auditor.sees(str(Entry.objects.count()))
    auditor.picture("finds-that-the-chain-holds")
    assert first_break() is None
