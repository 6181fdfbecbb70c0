"""The four-eyes rule, of everything that needs two people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from tests import make
from zaiti.carriers.actions import decide_revocation, send_back_revocation
from zaiti.core import Refused
from zaiti.countersigned.models import Countersigned
from zaiti.ledger.models import Entry
from zaiti.notices.actions import (
    prepare_call,
    prepare_extension,
    publish_amendment,
    publish_call,
    publish_city_notice,
    send_back_amendment,
    send_back_call,
    send_back_city_notice,
)
from zaiti.outbox.models import Message
from zaiti.publicity.actions import (
    decide_objection,
    publish_posting_correction,
    send_back_answer,
    send_back_posting_correction,
)
from zaiti.ranking.actions import approve_list, send_back_list
from zaiti.results.actions import publish_announcement, return_report, send_back_announcement, send_report
from zaiti.studio.actions import decide_abandonment, open_draft, send_back_abandonment, send_back_draft


class Way(NamedTuple):
    """How one kind of thing is prepared, sent back and approved."""

    prepared: Callable[[], Any]
    send_back: Callable[..., Any]
    approve: Callable[..., Any]


def prepared_call():
    call = make.call(state="draft")
    prepare_call(call, by=make.holder("officer"))
    return call


def prepared_amendment():
    call = make.call()
    later = call.closes_at + timedelta(days=1)
    return prepare_extension(call, by=make.holder("officer"), closes_at=later, reason="系统故障")


WAYS = {
    "notices.amendment": Way(prepared_amendment, send_back_amendment, publish_amendment),
    "notices.citynotice": Way(make.city_notice, send_back_city_notice, publish_city_notice),
    "notices.call": Way(prepared_call, send_back_call, publish_call),
    "ranking.candidatelist": Way(lambda: make.candidate_list("decided"), send_back_list, approve_list),
    "publicity.objection": Way(lambda: make.objection(state="proposed"), send_back_answer, decide_objection),
    "publicity.postingcorrection": Way(
        lambda: make.prepared_correction(make.posting()),
        send_back_posting_correction,
        publish_posting_correction,
    ),
    "results.report": Way(lambda: make.report("prepared"), return_report, send_report),
    "results.announcement": Way(lambda: make.announcement(), send_back_announcement, publish_announcement),
    "studio.abandonment": Way(make.prepared_abandonment, send_back_abandonment, decide_abandonment),
    "studio.yeardraft": Way(make.prepared_draft, send_back_draft, open_draft),
    "carriers.revocation": Way(
        lambda: make.revocation(state="prepared"), send_back_revocation, decide_revocation
    ),
}
KINDS = [model for model in apps.get_models() if issubclass(model, Countersigned)]


@pytest.fixture(scope="module", params=WAYS)
def way(request, django_db_setup, django_db_blocker):
    """One of the ways; what it prepares is made once, and each test finds it as it was made."""
    found = WAYS[request.param]
    with django_db_blocker.unblock(), transaction.atomic():
        with translation.override("en"):
            thing = found.prepared()
        yield found._replace(prepared=lambda: type(thing)._base_manager.get(pk=thing.pk))
        transaction.set_rollback(True)


def approver_of(thing):
    return make.holder("approver", thing.bureau())


def test_every_such_thing_is_tried_here():
    assert {model._meta.label_lower for model in KINDS} == set(WAYS)


def test_another_person_approves_it_and_both_are_on_record(way):
    thing = way.prepared()
    writer, approver = thing.prepared_by, approver_of(thing)
    way.approve(thing, by=approver)
    thing.refresh_from_db()
    assert writer is not None
    assert (thing.prepared_by, thing.approved_by) == (writer, approver)


def test_who_prepared_it_never_approves_it(way):
    thing = way.prepared()
    state = thing.state
    make.now_approves(thing.prepared_by, thing.bureau())
    with pytest.raises(PermissionDenied):
        way.approve(thing, by=thing.prepared_by)
    thing.refresh_from_db()
    assert thing.state == state


def test_prepared_anew_meanwhile_by_the_approver_it_is_refused_to_them(way):
    """Who asks looks at the row as it was before: the rule is asked of the row as it is."""
    thing, approver = way.prepared(), None
    approver, seen = approver_of(thing), type(thing)._base_manager.get(pk=thing.pk)
    type(thing)._base_manager.filter(pk=thing.pk).update(prepared_by=approver)
    with pytest.raises(PermissionDenied):
        way.approve(seen, by=approver)


def test_the_database_keeps_the_two_apart_whatever_happens_above(way):
    thing = way.prepared()
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        type(thing)._base_manager.filter(pk=thing.pk).update(approved_by=thing.prepared_by)


@pytest.mark.parametrize("role", ["officer", "reviewer", "supervisor"])
def test_only_an_approver_approves_or_sends_back(way, role):
    thing = way.prepared()
    other = make.holder(role, thing.bureau())
    with pytest.raises(PermissionDenied):
        way.approve(thing, by=other)
    with pytest.raises(PermissionDenied):
        way.send_back(thing, by=other, reason="请改。")


def test_sent_back_its_writer_is_told_and_the_reason_kept(way):
    thing = way.prepared()
    writer = thing.prepared_by
    way.send_back(thing, by=approver_of(thing), reason="  请核实\u200b。\n")
    thing.refresh_from_db()
    assert (thing.sent_back_reason, thing.can(thing.PREPARE)) == ("请核实。", True)
    assert Entry.objects.filter(verb=thing.SEND_BACK).latest("id").facts["reason"] == "请核实。"
    assert Message.objects.filter(to=writer).latest("id").subject.count("退回")


@pytest.mark.parametrize(
    "nothing", ["", " \t\n", "\u3000", "\u200b\ufeff", "\u3164", "\u2800", "\u00ad\u2060"]
)
def test_it_is_not_sent_back_without_a_reason_that_can_be_read(way, nothing):
    thing = way.prepared()
    state = thing.state
    with pytest.raises(Refused, match="Say why"):
        way.send_back(thing, by=approver_of(thing), reason=nothing)
    thing.refresh_from_db()
    assert thing.state == state


def test_approved_or_sent_back_it_can_be_neither_again(way):
    thing = way.prepared()
    approver = approver_of(thing)
    way.send_back(thing, by=approver, reason="请改。")
    for step in (way.approve, lambda one, by: way.send_back(one, by=by, reason="请改。")):
        with pytest.raises((Refused, PermissionDenied)):
            step(thing, by=approver)
