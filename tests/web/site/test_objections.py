"""Lodging an objection from the public site, and following it."""

import os
import re
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.cn import ric

from tests import make
from zaiti import clock
from zaiti.files import disk
from zaiti.files.models import StoredFile
from zaiti.ledger.models import Entry
from zaiti.papers.tasks import render
from zaiti.publicity.actions import decide_objection
from zaiti.publicity.models import Objection
from zaiti.ranking.models import Candidate
from zaiti.web.site.objections import views as objections


@pytest.fixture(autouse=True)
def _nobody_counted():
    cache.clear()


def fields(**changed):
    return {
        "name": "示例甲",
        "identity_number": make.IDENTITY,
        "phone": "00000000001",
        "text": "示例事实。",
    } | changed


def form_of(posting):
    return f"/postings/{posting.pk}/object/{make.named(posting).pk}/"


def test_one_page_and_one_submit_give_a_receipt_and_a_secret_link(client):
    posting = make.posting()
    assert client.get(form_of(posting)).status_code == 200
    evidence = SimpleUploadedFile("证据.pdf", b"%PDF-1.4 x")
    answer = client.post(form_of(posting), fields(evidence=[evidence]))
    made = Objection.objects.get()
    assert answer.url == f"/objections/{made.token}/"
    assert made.evidence.count() == 1
    assert made.number in client.get(answer.url).text


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "匿名"), ("name", ""), ("identity_number", "110105194912310021"), ("text", "")],
)
def test_what_is_not_real_is_refused_at_its_field_and_nothing_typed_is_lost(client, field, value):
    posting = make.posting()
    answer = client.post(form_of(posting), fields(**{field: value}, unit="示例单位"))
    assert answer.status_code == 422
    assert "示例单位" in answer.text
    assert not Objection.objects.exists()


@pytest.mark.parametrize(
    "number", ["321119197310300012", "810000198001010014", "110105 19491231 002ｘ", "440304-19800101-0016"]
)
def test_a_county_that_went_or_groups_turn_nobody_away(client, number):
    digits = "".join(sign for sign in number if sign.isdigit())[:17]
    whole = number[:-1] + ric.calc_check_digit(digits + "0")
    assert client.post(form_of(make.posting()), fields(identity_number=whole)).status_code == 302


def test_a_passport_can_be_chosen(client):
    person = fields(identity_kind="passport", identity_number="E 1234 5678")
    assert client.post(form_of(make.posting()), person).status_code == 302
    assert Objection.objects.get().identity_kind == "passport"


def test_evidence_of_a_wrong_kind_is_refused_at_its_field(client):
    answer = client.post(form_of(make.posting()), fields(evidence=[SimpleUploadedFile("a.exe", b"MZ")]))
    assert answer.status_code == 422
    assert "a.exe" in answer.text


def test_evidence_is_kept_when_another_field_is_refused_and_tied_to_nobody(client):
    here = form_of(make.posting())
    client.force_login(make.user(), backend="django.contrib.auth.backends.ModelBackend")
    refused = client.post(here, fields(name="", evidence=[SimpleUploadedFile("证据.pdf", b"%PDF-1.4 x")]))
    assert refused.status_code == 422
    [token] = re.findall(r'name="evidence-kept"\s+value="([^"]+)"\s+checked', refused.text)
    assert client.post(here, fields(**{"evidence-kept": token})).status_code == 302
    [file] = Objection.objects.get().evidence.all()
    assert (file.original_name, file.by, file.content.read()) == ("证据.pdf", None, b"%PDF-1.4 x")


def evidence(number, size=10):
    return [SimpleUploadedFile(f"{n}.pdf", b"%PDF-" + os.urandom(size)) for n in range(number)]


def test_one_objection_brings_so_many_files_and_no_more(client):
    answer = client.post(form_of(make.posting()), fields(evidence=evidence(11)))
    assert answer.status_code == 422
    assert not StoredFile.objects.filter(original_name="0.pdf").exists()


def test_an_address_sends_so_much_a_day_held_or_lodged(client, monkeypatch):
    monkeypatch.setitem(objections.MOST_A_DAY, "files", 5)
    here = form_of(make.posting())
    held = client.post(here, fields(name="", evidence=evidence(3)))
    assert held.status_code == 422
    tokens = re.findall(r'name="evidence-kept"\s+value="([^"]+)"\s+checked', held.text)
    assert client.post(here, fields(evidence=evidence(3))).status_code == 429
    assert client.post(here, fields(**{"evidence-kept": tokens})).status_code == 302


def test_a_nearly_full_disk_is_a_sentence_and_nothing_is_lodged(client, settings, monkeypatch):
    settings.DISK_KEEP_BYTES = 1000
    here = form_of(make.posting())
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _path: SimpleNamespace(free=2000, total=10_000))
    answer = client.post(here, fields(evidence=evidence(1)), headers={"Accept-Language": "en"})
    assert answer.status_code == 409
    assert "no room left for files" in answer.text
    assert not Objection.objects.exists()


def test_the_case_page_tells_where_it_stands_but_not_who_objects(client):
    made = make.objection()
    page = client.get(f"/objections/{made.token}/")
    assert page["X-Robots-Tag"] == "noindex"
    assert not any(secret in page.text for secret in ("示例甲", make.IDENTITY, "00000000001"))


def test_receipt_and_answer_open_by_the_link_alone(client):
    made = make.objection(state="proposed")
    assert client.get(f"/objections/{made.token}/answer/").status_code == 404
    assert client.get(f"/objections/{made.token}/receipt/").status_code == 200
    decide_objection(made, by=make.holder("approver"))
    for paper in (made.receipt, made.answer_paper):
        render(paper=paper.pk)
    for name in ("receipt", "answer"):
        answer = client.get(f"/objections/{made.token}/{name}/")
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert "经核查，情况属实。" in client.get(f"/objections/{made.token}/").text


def test_a_wrong_link_finds_nothing(client):
    assert client.get("/objections/unknown/").status_code == 404


def test_a_name_that_is_not_posted_has_no_form(client):
    posting = make.posting()
    other = make.named(posting).list.candidates.get(state=Candidate.State.RANKED)
    assert client.get(f"/postings/{posting.pk}/object/{other.pk}/").status_code == 404


def test_a_recognised_name_can_no_longer_be_objected_to(client):
    posting = make.posting()
    Candidate.objects.filter(pk=make.named(posting).pk).update(state="recognised")
    assert '<form method="post" enctype' not in client.get(form_of(posting)).text
    assert client.post(form_of(posting), fields()).status_code == 409


def test_one_session_lodges_five_an_hour(client):
    posting = make.posting()
    answers = [client.post(form_of(posting), fields()).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_an_objection_of_who_is_signed_in_leads_to_no_account_from_any_page(client):
    posting, someone = make.posting(), make.user(name="示例乙")
    client.force_login(someone)
    client.get(form_of(posting))
    assert client.post(form_of(posting), fields()).status_code == 302
    made = Objection.objects.get()
    entry = Entry.objects.get(verb="lodge")
    client.force_login(make.holder("officer"))
    told = client.get(f"/desk/publicity/objections/{made.pk}/").text
    client.force_login(make.holder("auditor", make.city()))
    told += client.get(f"/desk/audit/{entry.pk}/").text
    told += client.get("/desk/audit/", {"deed": "publicity.objection:lodge"}).text
    assert "社会公众" in told
    assert someone.name not in told
    assert someone.username not in told


def test_a_name_that_an_early_ledger_kept_is_not_told(client):
    posting, someone = make.posting(), make.user(name="示例乙")
    made = make.objection(posting)
    entry = Entry(at=clock.now(), by=someone, actor=someone.name, verb="lodge", facts={}, previous="")
    entry.thing_type, entry.thing_id, entry.thing_label = "publicity.objection", made.pk, made.number
    entry.save()
    client.force_login(make.holder("officer"))
    assert someone.name not in client.get(f"/desk/publicity/objections/{made.pk}/").text
    client.force_login(make.holder("auditor", make.city()))
    assert someone.name not in client.get("/desk/audit/", {"deed": "publicity.objection:lodge"}).text
    assert f"/desk/audit/{entry.pk}/" not in client.get("/desk/audit/", {"who": someone.name}).text


@pytest.mark.parametrize("who", ["address", "browser"])
def test_evidence_is_kept_when_there_were_too_many_objections_already(client, monkeypatch, who):
    posting = make.posting()
    monkeypatch.setattr(objections, "MOST_AN_HOUR", objections.MOST_AN_HOUR | {who: 0})
    evidence = SimpleUploadedFile("证据.pdf", b"%PDF-1.4 only once")
    answer = client.post(form_of(posting), fields(evidence=[evidence]))
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)
    assert "证据.pdf" in answer.text
    assert "示例事实。" in answer.text
    token = re.search(r'name="evidence-kept"\s+value="([^"]+)"\s+checked', answer.text)[1]
    again = client.post(form_of(posting), fields(**{"evidence-kept": [token]}))
    assert token in again.text  # however often it is refused
    monkeypatch.undo()
    client.post(form_of(posting), fields(**{"evidence-kept": [token]}))
    assert Objection.objects.get().evidence.get().content.open("rb").read() == b"%PDF-1.4 only once"


def test_files_are_counted_once_when_their_form_is_shown_again(client, monkeypatch):
    posting = make.posting()
    monkeypatch.setattr(objections, "MOST_AN_HOUR", objections.MOST_AN_HOUR | {"browser": 0})
    monkeypatch.setattr(objections, "MOST_A_DAY", objections.MOST_A_DAY | {"files": 1})
    evidence = SimpleUploadedFile("证据.pdf", b"%PDF-1.4 x")
    assert "证据.pdf" in client.post(form_of(posting), fields(evidence=[evidence])).text
