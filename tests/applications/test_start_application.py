from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.applications.actions import start_application
from zaiti.applications.models import Application
from zaiti.core import Refused
from zaiti.ledger.models import Entry


def test_it_is_a_draft_that_knows_the_unit_already():
    owner = make.applicant(make.organisation(registered_address="示例路1号"))
    application = start_application(make.call(), make.carrier_type(), by=owner)
    assert (application.state, application.answer("registered_address")) == (
        Application.State.DRAFT,
        "示例路1号",
    )
    assert (application.contact, application.answer("contact_name")) == (owner, owner.name)
    assert Entry.objects.latest("id").verb == "start_application"


def test_a_unit_has_one_application_for_each_type_of_a_call():
    owner, call = make.applicant(), make.call()
    start_application(call, make.carrier_type("base"), by=owner)
    start_application(call, make.carrier_type("studio"), by=owner)
    with pytest.raises(Refused):
        start_application(call, make.carrier_type("base"), by=owner)


def test_it_starts_only_in_the_window():
    owner, call = make.applicant(), make.call()
    for moment in (call.opens_at - timedelta(seconds=1), call.closes_at):
        with clock.at(moment), pytest.raises(Refused):
            start_application(call, make.carrier_type(), by=owner)


def test_it_starts_only_upon_a_published_call():
    with pytest.raises(Refused):
        start_application(make.call(state="draft"), make.carrier_type(), by=make.applicant())


def test_it_starts_only_for_a_type_the_call_names():
    call = make.call(types=[make.carrier_type("studio")])
    with pytest.raises(Refused):
        start_application(call, make.carrier_type("base"), by=make.applicant())


@pytest.mark.parametrize("other", [make.user, lambda: make.holder("officer")])
def test_only_who_acts_for_a_unit_starts_one(other):
    with pytest.raises(PermissionDenied):
        start_application(make.call(), make.carrier_type(), by=other())


def test_what_arrived_before_the_close_is_started_though_the_window_is_over_now():
    owner, call = make.applicant(), make.call()
    with clock.at(call.closes_at + timedelta(seconds=16)):
        start_application(
            call, make.carrier_type("base"), by=owner, arrived=call.closes_at - timedelta(seconds=1)
        )
        with pytest.raises(Refused):
            start_application(call, make.carrier_type("studio"), by=owner, arrived=call.closes_at)
