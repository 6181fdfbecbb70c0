"""What was published keeps the name it was published under, whatever the unit is called later."""

import pytest
from django.test import Client
from django.utils.html import escape
from django.utils.timezone import localtime

from tests import make
from zaiti.accounts.naming import take_name
from zaiti.applications.actions import ask_to_rename
from zaiti.carriers.models import Carrier
from zaiti.notices.models import Publication
from zaiti.ranking.models import CandidateList
from zaiti.results.papers import announcement_facts

NEW = "示例毫不相干大学"
FIELDS = {"founded_on": "", "legal_person": "", "registered_address": "", "operating_address": ""}


@pytest.fixture
def carrier() -> Carrier:
    return make.carrier()


def text(address: str, **query: str) -> str:
    answer = Client().get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def renamed(carrier: Carrier) -> str:
    old = carrier.organisation.name
    take_name(carrier.organisation, NEW, by=make.user(), reason="示例")
    return old


def test_the_unit_cannot_rename_itself_while_it_is_posted(carrier: Carrier):
    owner = make.applicant(carrier.organisation)
    client = Client()
    client.force_login(owner)
    answer = client.post("/my/organisation/", FIELDS | {"name": NEW, "kind": carrier.organisation.kind})
    assert answer.status_code == 422
    assert NEW in answer.content.decode()  # what was typed is there
    carrier.organisation.refresh_from_db()
    assert carrier.organisation.name != NEW


def test_asking_takes_evidence_that_the_district_reads(carrier: Carrier):
    owner = make.applicant(carrier.organisation)
    client = Client()
    client.force_login(owner)
    scan = make.stored_file(make.pdf()).content.open("rb")
    scan.name = "变更通知书.pdf"
    asked = {"new-name": NEW, "new-reason": "示例", "new-evidence": scan}
    assert client.post("/my/organisation/renaming/", asked).status_code == 302
    renaming = carrier.organisation.renamings.get()
    officer = Client()
    officer.force_login(make.holder("officer", renaming.authority))
    assert "变更通知书.pdf" in officer.get(f"/desk/renamings/{renaming.pk}/").content.decode()
    assert officer.get(f"/files/{renaming.evidence.get().pk}/").status_code == 200
    assert officer.post(f"/desk/renamings/{renaming.pk}/consent/").status_code == 302
    assert NEW in client.get("/my/organisation/").content.decode()


def test_a_refusal_without_a_reason_says_so_at_the_field(carrier: Carrier):
    owner = make.applicant(carrier.organisation)
    renaming = ask_to_rename(carrier.organisation, by=owner, name=NEW, reason="示例")
    officer = Client()
    officer.force_login(make.holder("officer", renaming.authority))
    assert officer.post(f"/desk/renamings/{renaming.pk}/refuse/", {"reason": ""}).status_code == 422
    assert officer.post(f"/desk/renamings/{renaming.pk}/refuse/", {"reason": "不符"}).status_code == 302


def test_the_posting_its_text_and_its_api_keep_the_posted_name(carrier: Carrier):
    posting = carrier.candidate.postings.get()
    old = renamed(carrier)
    (row,) = [one for one in Client().get("/api/v1/postings").json()["items"] if one["id"] == posting.pk]
    assert old in {name["unit"] for name in row["names"]}
    for address in (f"/postings/{posting.pk}/", f"/notices/{posting.publication_id}/"):
        assert old in text(address), address
        assert NEW not in text(address), address


def test_the_register_shows_both_with_the_day(carrier: Carrier):
    old = renamed(carrier)
    day = f"{localtime(carrier.organisation.former_names.get().until):%Y-%m-%d}"
    both = f"{NEW}（认定时名称：{old}，{day} 更名）"
    for address in ("/register/", f"/register/{carrier.certificate_number}/"):
        assert both in text(address)
    for word in (old, NEW):
        assert both in text("/search/", q=word)
        assert carrier.certificate_number in text("/register/", q=word)
    (row,) = Client().get("/api/v1/carriers").json()["items"][:1]
    assert {row["unit"], row["unit_now"]} == {old, NEW}


def test_the_announcement_names_both_when_the_name_changed_after_the_posting(carrier: Carrier):
    old = renamed(carrier)
    candidate = type(carrier.candidate).objects.get(pk=carrier.candidate_id)
    facts = announcement_facts(candidate.cycle.announcement, [candidate])
    assert facts["groups"][0]["rows"][0][2].startswith(f"{NEW}（公示时名称：{old}，")
    assert NEW not in Publication.objects.get(kind="result").body


def test_a_name_full_of_marks_reads_as_it_is():
    marks = "示例|A*B*<b>#[x](http://evil.example)_公司"
    made = make.candidate_list(CandidateList.State.APPROVED)
    unit = made.candidates.first().review.application.organisation
    take_name(unit, marks, by=make.user())
    posting = make.posting(of=made)
    body = text(f"/notices/{posting.publication_id}/")
    assert escape(marks) in body
    assert 'evil.example"' not in body
    assert escape(marks) in text(f"/postings/{posting.pk}/")
