from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.notices.actions import edit_call, prepare_call, publish_call, send_back_call
from zaiti.notices.models import Call, Publication
from zaiti.papers.typst import render_pdf
from zaiti.programmes.actions import adapt_rubric, set_quotas
from zaiti.programmes.models import Rubric
from zaiti.web.ui.subjects import page_of


def drafted(**fields):
    return make.call(state=Call.State.DRAFT, **fields), make.holder("officer")


def prepared(**fields):
    call, officer = drafted(**fields)
    prepare_call(call, by=officer)
    return call, officer, make.holder("approver")


def test_preparing_keeps_a_version_and_tells_the_approvers():
    call, officer = drafted()
    approver, elsewhere = make.holder("approver"), make.holder("approver", make.district("yantian"))
    prepare_call(call, by=officer)
    assert (call.state, call.prepared_by) == (Call.State.PREPARED, officer)
    assert call.versions.get().number == 1
    assert page_of(approver.inbox.get()) == f"/desk/calls/{call.pk}/"
    assert not elsewhere.inbox.exists()


@pytest.mark.parametrize("state", make.others(Call, "prepare"))
def test_preparing_is_refused_in_any_other_state(state):
    with pytest.raises(Refused):
        prepare_call(make.call(state=state), by=make.holder("officer"))


@pytest.mark.parametrize(
    "fields",
    [{"contact_phone": ""}, {"paper_required": True, "contact_address": ""}, {"types": []}],
    ids=["phone", "address", "types"],
)
def test_an_incomplete_draft_cannot_be_prepared(fields):
    call, officer = drafted(**fields)
    with pytest.raises(Refused):
        prepare_call(call, by=officer)


def test_a_draft_whose_window_is_over_cannot_be_prepared():
    now = clock.now()
    call, officer = drafted(opens_at=now - timedelta(days=9), closes_at=now)
    with pytest.raises(Refused):
        prepare_call(call, by=officer)


def test_only_the_districts_officer_prepares():
    call, _officer = drafted()
    for other in (make.holder("approver"), make.holder("officer", make.city())):
        with pytest.raises(PermissionDenied):
            prepare_call(call, by=other)


def test_publishing_makes_a_public_text_with_its_metadata_and_a_paper():
    call, officer, approver = prepared()
    publication = publish_call(call, by=approver)
    assert (call.state, call.approved_by) == (Call.State.PUBLISHED, approver)
    assert publication.kind == Publication.Kind.CALL
    assert publication.index_number == f"{call.authority.uscc}/{clock.today().year}-00001"
    assert publication.keywords == "终身职业技能培训载体 认定工作 通知"
    assert publication.paper.public
    assert publication.doc_number == publication.paper.number
    assert "## 一、认定载体类型" in publication.body
    assert officer.inbox.get().template == "notices/mail/published.txt"


def test_publishing_freezes_rubrics_and_places():
    quota = make.quota(2)
    call, _officer, approver = prepared()
    publish_call(call, by=approver)
    assert not Rubric.objects.filter(pk__in=call.types.values("rubric"), frozen_at=None).exists()
    quota.refresh_from_db()
    assert quota.frozen_at == call.published_at
    with pytest.raises(Refused):
        set_quotas(
            call.cycle,
            by=make.holder("officer", make.city()),
            places={(quota.authority_id, quota.carrier_type_id): 3},
        )


def test_the_city_is_told_of_a_published_call():
    city_officer = make.holder("officer", make.city())
    call, _officer, approver = prepared()
    publish_call(call, by=approver)
    assert page_of(city_officer.inbox.get()) == f"/notices/{call.publication_id}/"


def test_what_was_prepared_is_what_is_published():
    call, _officer, approver = prepared()
    make.quota(5)
    with pytest.raises(Refused):
        publish_call(call, by=approver)
    assert Call.objects.get(pk=call.pk).state == Call.State.PREPARED


def test_a_rubric_adapted_after_preparing_must_be_prepared_anew():
    call, officer, approver = prepared()
    make.restate(call.cycle, rubric_adaptable=True)
    rubric = call.types.first().rubric
    lines = [{"category": "甲类", "name": "全部", "points": Decimal(100), "note": ""}]
    own = adapt_rubric(
        rubric,
        by=officer,
        authority=call.authority,
        lines=lines,
        pass_line=Decimal(70),
        category_min_ratio=Decimal(0),
    )
    publication = publish_call(call, by=approver)
    assert "指标一" in publication.body
    own.refresh_from_db()
    assert own.frozen_at is None


def test_the_one_who_prepared_it_may_not_approve_it():
    call, officer, _approver = prepared()
    make.now_approves(officer, call.authority)
    with pytest.raises(PermissionDenied):
        publish_call(call, by=type(officer).objects.get(pk=officer.pk))


def test_an_officer_or_another_districts_approver_may_not_approve():
    call, _officer, _approver = prepared()
    for other in (make.holder("officer"), make.holder("approver", make.district("yantian"))):
        with pytest.raises(PermissionDenied):
            publish_call(call, by=other)


@pytest.mark.parametrize("state", make.others(Call, "publish"))
def test_publishing_is_refused_in_any_other_state(state):
    with pytest.raises(Refused):
        publish_call(make.call(state=state), by=make.holder("approver"))


def test_sending_back_gives_the_reason_to_the_preparer_and_opens_the_draft():
    call, officer, approver = prepared()
    send_back_call(call, by=approver, reason="截止日是周日")
    assert (call.state, call.sent_back_reason) == (Call.State.DRAFT, "截止日是周日")
    assert "截止日是周日" in officer.inbox.get().body
    assert Entry.objects.get(verb="send_back").facts["reason"] == "截止日是周日"


def test_sending_back_without_a_reason_is_refused():
    call, _officer, approver = prepared()
    with pytest.raises(Refused):
        send_back_call(call, by=approver, reason=" ")


@pytest.mark.parametrize("state", make.others(Call, "send_back"))
def test_sending_back_is_refused_in_any_other_state(state):
    with pytest.raises(Refused):
        send_back_call(make.call(state=state), by=make.holder("approver"), reason="再改")


def test_an_officer_may_not_send_back():
    call, officer, _approver = prepared()
    with pytest.raises(PermissionDenied):
        send_back_call(call, by=officer, reason="再改")


def test_the_letter_can_be_typeset():
    call, _officer, approver = prepared()
    publication = publish_call(call, by=approver)
    assert render_pdf(publication.paper).startswith(b"%PDF")


def test_a_call_is_open_from_its_first_second_and_no_longer_at_its_last():
    now = clock.now()
    call = make.call(opens_at=now, closes_at=now + timedelta(hours=1))
    for moment, is_open in [(-1, False), (0, True), (3599, True), (3600, False)]:
        with clock.at(now + timedelta(seconds=moment)):
            assert call.is_open() is is_open
    with clock.at(now):
        assert not make.call(authority=make.district("yantian"), state="prepared", opens_at=now).is_open()


@pytest.mark.parametrize("number", ["", "示人资函〔2024〕7号"])
def test_a_call_numbered_elsewhere_bears_what_is_written_or_nothing(number):
    call, officer = drafted()
    index = f"{call.authority.uscc}/2024-00424"
    written = {"numbered_elsewhere": True, "doc_number": number, "index_number": index, "category": "通知"}
    edit_call(call, by=officer, **written)
    prepare_call(call, by=officer)
    text = publish_call(call, by=make.holder("approver"))
    assert (text.doc_number, text.paper.number) == (number, number)
    assert (text.index_number, text.category) == (index, "通知")


def test_a_number_that_another_paper_bears_is_refused():
    call, officer = drafted()
    edit_call(call, by=officer, numbered_elsewhere=True, doc_number=make.paper().number)
    with pytest.raises(Refused, match="number of another paper"):
        prepare_call(call, by=officer)
