"""Lodging a real-name objection."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.base import File
from django.db import connection
from PIL import Image

from tests import make
from zaiti import clock
from zaiti.accounts.models import User
from zaiti.core import Refused
from zaiti.ledger.chain import THE_PUBLIC, holds, seal
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.papers.models import Paper
from zaiti.papers.typst import render_pdf
from zaiti.publicity.actions import close_posting
from zaiti.publicity.notify import tell_objector
from zaiti.publicity.queries import is_late
from zaiti.ranking.models import Candidate

pytestmark = pytest.mark.stands("posting")

SECRETS = ("示例甲", make.IDENTITY, "00000000001")


def test_it_is_numbered_with_a_day_to_answer_by_and_a_receipt():
    made = make.objection()
    assert made.number.endswith("1号")
    assert made.due == clock.add_working_days(clock.today(), 10)
    assert made.receipt.kind == "objection_receipt"
    assert render_pdf(made.receipt).startswith(b"%PDF")


def test_the_handling_officers_are_told():
    posting, officer = make.posting(), make.holder("officer")
    make.objection(posting)
    assert Message.objects.filter(to=officer, template="publicity/mail/objection_received.txt").exists()


def test_who_objects_is_in_no_ledger_no_message_no_paper_and_sealed_at_rest():
    made = make.objection()
    for text in (
        *(json.dumps(facts, ensure_ascii=False) for facts in Entry.objects.values_list("facts", flat=True)),
        *(json.dumps(facts, ensure_ascii=False) for facts in Paper.objects.values_list("facts", flat=True)),
        *Message.objects.values_list("body", flat=True),
        made.posting.publication.body,
        _row_as_stored(made.pk),
    ):
        assert not any(secret in text for secret in SECRETS)
    made.refresh_from_db()
    assert made.identity_number == make.IDENTITY


def _row_as_stored(key: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name || identity_number || phone FROM publicity_objection WHERE id = %s", [key]
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize("name", ["", " ", "匿名", "***", "—", "匿名群众", "用户123"])
def test_an_anonymous_objection_is_refused(name):
    with pytest.raises(Refused, match="real name"):
        make.objection(name=name)


@pytest.mark.parametrize(
    "name",
    [
        "玛依努尔·阿卜杜拉",
        "努尔•买买提",
        "叶",
        "U",
        "𠮷田〇",
        "\ue863某甲",
        "Jean-Luc O'Neill III",
        "Nguyễn Văn A",
    ],
)
def test_names_of_every_writing_are_taken(name):
    assert make.objection(name=name).name == name


@pytest.mark.parametrize("number", ["", "110105194912310021", "123", "11010519491331002X"])
def test_an_identity_number_that_does_not_check_is_refused(number):
    with pytest.raises(Refused):
        make.objection(identity_number=number)


def test_a_passport_is_taken_and_the_bureau_sees_that_it_is_one():
    made = make.objection(identity_kind="passport", identity_number="ea 1234567")
    assert (made.identity_number, made.get_identity_kind_display()) == ("EA1234567", "passport")


def test_a_small_x_is_read_as_a_large_one():
    assert make.objection(identity_number="11010519491231002x ").identity_number == make.IDENTITY


@pytest.mark.parametrize("missing", ["phone", "text"])
def test_without_a_telephone_or_facts_it_is_refused(missing):
    with pytest.raises(Refused):
        make.objection(**{missing: " "})


def png() -> BytesIO:
    Image.new("RGB", (2, 2)).save(made := BytesIO(), "PNG")
    return made


def test_what_only_begins_as_a_picture_does_is_refused():
    with pytest.raises(Refused, match=re.escape("“截图.png” is no file of these kinds")):
        make.objection(evidence=[File(BytesIO(png().getvalue()[:20]), name="a/截图.png")])


def test_evidence_is_kept_with_its_hash():
    files = [
        File(BytesIO(b"%PDF-1.4 x"), name="证据.pdf"),
        File(png(), name="a/截图.png"),
    ]
    made = make.objection(evidence=files)
    assert [f.original_name for f in made.evidence.order_by("pk")] == ["证据.pdf", "截图.png"]
    assert len(made.receipt.facts["files"]) == 2


def test_evidence_of_another_kind_is_refused():
    with pytest.raises(Refused, match="PDF, JPEG, PNG"):
        make.objection(evidence=[File(BytesIO(b"MZ\x90"), name="证据.pdf")])


def test_evidence_that_is_too_large_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 4
    with pytest.raises(Refused, match="larger"):
        make.objection(evidence=[File(BytesIO(b"%PDF-1.4"), name="证据.pdf")])


def test_a_name_that_is_not_posted_is_refused():
    posting = make.posting()
    other = make.named(posting).list.candidates.get(state=Candidate.State.RANKED)
    with pytest.raises(Refused, match="not on this posting"):
        make.objection(posting, other)


def test_a_replaced_posting_sends_the_objector_to_the_new_one():
    old = make.posting()
    make.corrected_posting(old)
    with pytest.raises(Refused, match="replaced"):
        make.objection(old)


def test_after_the_last_day_it_is_taken_as_late_until_the_name_is_recognised():
    posting = make.posting()
    with clock.at(make.after(posting) + timedelta(days=1)):
        close_posting(posting, by=None)
        assert is_late(make.objection(posting))
    Candidate.objects.filter(pk=make.named(posting).pk).update(state=Candidate.State.RECOGNISED)
    with pytest.raises(Refused, match="no longer a candidate"):
        make.objection(posting)


def test_on_the_last_day_it_is_in_time():
    posting = make.posting()
    with clock.at(make.after(posting) - timedelta(seconds=1)):
        assert not is_late(make.objection(posting))


def test_an_objector_who_gave_an_address_gets_the_link_by_mail():
    made = make.objection(email="objector@example.org")
    tell_objector(objection=made.pk, what="已收到")
    assert made.token in mail.outbox[0].body
    assert mail.outbox[0].to == ["objector@example.org"]


def test_without_an_address_no_mail_is_sent():
    tell_objector(objection=make.objection().pk, what="已收到")
    assert mail.outbox == []


def test_no_record_names_the_account_of_who_objects():
    someone = make.user(name="示例乙")
    made = make.objection(by=someone)
    entry = Entry.objects.get(verb="lodge", thing_id=made.pk)
    assert (entry.by, entry.actor) == (None, THE_PUBLIC)
    seal()
    entry.refresh_from_db()
    assert holds(entry)
    assert made.receipt.facts["issued_by"] == ""
    assert not tied_to(someone)


def tied_to(person) -> list[str]:
    """Rows of any table that point at a person or hold the account's name."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is User and model._default_manager.filter(**{field.attname: person.pk}):
                found.append(str(field))
    for entry in Entry.objects.all():
        found += [str(entry) for word in (person.name, person.username) if word in str(vars(entry))]
    return found


def test_what_is_objected_rests_sealed():
    made = make.objection(text="我是该公司的示例甲，事实如下。")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM publicity_objection WHERE id = %s", [made.pk])
        assert "示例甲" not in cursor.fetchone()[0]
    made.refresh_from_db()
    assert made.text.startswith("我是")


def test_the_receipt_lists_evidence_without_the_names_it_came_under():
    files = [File(BytesIO(b"%PDF-1.4 x"), name="示例甲的工资单.pdf")]
    made = make.objection(evidence=files)
    assert [row["name"] for row in made.receipt.facts["files"]] == ["证据材料1.pdf"]
    assert [str(file) for file in made.evidence.all()] == ["证据材料1.pdf"]
    assert made.evidence.get().by is None


def test_the_receipt_is_not_for_the_city():
    made = make.objection()
    district, city = make.holder("officer"), make.holder("officer", make.city())
    assert Paper.objects.visible_to(district).filter(pk=made.receipt_id).exists()
    assert not Paper.objects.visible_to(city).filter(pk=made.receipt_id).exists()
