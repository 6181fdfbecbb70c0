"""A carrier is told to correct, answers, and is checked."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from tests import make
from zaiti import clock
from zaiti.carriers.actions import (
    answer_rectification,
    fail_rectification,
    settle_rectification,
    tell_to_correct,
)
from zaiti.core import Refused
from zaiti.files.models import StoredFile
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.papers.typst import render_pdf

pytestmark = pytest.mark.stands("one_carrier")


def told_templates():
    return [m.template for m in Message.objects.order_by("id") if "rectif" in m.template]


def issue(carrier, by, **fields):
    facts = {"ground": "not_performing", "text": "未报台账。", "due": clock.today() + timedelta(days=20)}
    return tell_to_correct(carrier, by=by, **facts | fields)


def test_the_notice_goes_out_by_letter_and_mail():
    carrier = make.carrier()
    told = issue(carrier, make.holder("officer"))
    assert (carrier.state, told.state) == ("rectifying", "issued")
    assert (told.paper.authority, told.paper.organisation) == (carrier.authority, carrier.organisation)
    assert render_pdf(told.paper).startswith(b"%PDF")
    assert told_templates() == ["carriers/mail/rectification.txt"]
    assert [e.verb for e in Entry.objects.all()[:2]] == ["tell_to_correct", "tell_to_correct"]


def test_the_city_writes_in_its_own_name():
    told = issue(make.carrier(), make.holder("officer", make.city()))
    assert told.paper.authority == make.city()


def test_its_last_day_lies_ahead():
    with pytest.raises(Refused):
        issue(make.carrier(), make.holder("officer"), due=clock.today())


def test_one_notice_at_a_time():
    carrier = make.carrier()
    make.rectification(carrier)
    with pytest.raises(Refused):
        issue(carrier, make.holder("officer"))


@pytest.mark.parametrize("state", ["revoking", "revoked"])
def test_none_while_revocation_is_under_way_or_done(state):
    with pytest.raises(Refused):
        issue(make.carrier(state=state), make.holder("officer"))


@pytest.mark.parametrize(
    "who",
    [
        make.applicant,
        lambda: make.holder("approver"),
        lambda: make.holder("officer", make.district("futian")),
    ],
)
def test_another_district_may_not(who):
    with pytest.raises(PermissionDenied):
        issue(make.carrier(), who())


def test_of_an_answer_that_is_refused_nothing_is_stored():
    told = make.rectification()
    for by in (make.applicant(), make.owner_of(told.carrier)):
        told.state = "settled"
        told.save()
        with pytest.raises((PermissionDenied, Refused)):
            answer_rectification(
                told, by=by, answer="已补报。", evidence=[ContentFile(b"%PDF-1.7", name="台账.pdf")]
            )
    assert not StoredFile.objects.filter(original_name="台账.pdf").exists()


def test_the_unit_answers_with_evidence():
    told = make.rectification()
    file = ContentFile(b"%PDF-1.7", name="台账.pdf")
    answer_rectification(told, by=make.owner_of(told.carrier), answer="已补报。", evidence=[file])
    assert (told.state, told.answer) == ("answered", "已补报。")
    assert [kept.original_name for kept in told.evidence.all()] == ["台账.pdf"]
    assert told_templates()[-1] == "carriers/mail/rectification_answered.txt"


def test_another_unit_may_not_answer():
    with pytest.raises(PermissionDenied):
        answer_rectification(make.rectification(), by=make.applicant(), answer="…")


def test_found_corrected_the_carrier_goes_on():
    told = make.rectification()
    answer_rectification(told, by=make.owner_of(told.carrier), answer="已补报。")
    settle_rectification(told, by=make.holder("officer"), conclusion="属实。")
    told.carrier.refresh_from_db()
    assert (told.state, told.conclusion, told.carrier.state) == ("settled", "属实。", "active")
    assert told_templates()[-1] == "carriers/mail/rectification_settled.txt"


def test_without_an_answer_there_is_nothing_to_settle():
    with pytest.raises(Refused):
        settle_rectification(make.rectification(), by=make.holder("officer"), conclusion="…")


def test_until_the_last_day_it_has_not_failed():
    told = make.rectification()
    with clock.at(clock.end_of_day(told.due) - timedelta(minutes=1)), pytest.raises(Refused):
        fail_rectification(told, by=make.holder("officer"), conclusion="…")


def test_not_corrected_it_stays_on_record_and_a_new_notice_may_follow():
    told, officer = make.rectification(), make.holder("officer")
    with clock.at(clock.end_of_day(told.due)):
        fail_rectification(told, by=officer, conclusion="逾期未改正。")
        assert (told.state, told_templates()[-1]) == ("failed", "carriers/mail/rectification_failed.txt")
        told.carrier.refresh_from_db()
        assert told.carrier.state == "rectifying"
        assert issue(told.carrier, officer).state == "issued"


def test_settled_while_revocation_is_under_way_it_leaves_that_alone():
    told = make.rectification()
    answer_rectification(told, by=make.owner_of(told.carrier), answer="已补报。")
    make.revocation(told.carrier)
    settle_rectification(told, by=make.holder("officer"), conclusion="属实。")
    told.carrier.refresh_from_db()
    assert told.carrier.state == "revoking"


@pytest.mark.parametrize("conclude", [settle_rectification, fail_rectification])
def test_only_the_bureau_concludes(conclude):
    told = make.rectification()
    with pytest.raises(PermissionDenied):
        conclude(told, by=make.owner_of(told.carrier), conclusion="…")
