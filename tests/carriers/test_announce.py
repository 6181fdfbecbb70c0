"""Carriers enter the register with the city's announcement."""

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti import clock
from zaiti.carriers.actions import announce
from zaiti.carriers.models import Carrier
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.papers.numbers import next_number
from zaiti.papers.typst import render_pdf


def test_each_recognised_name_enters_with_a_certificate():
    made = make.announcement()
    carriers = announce(made, by=make.holder("approver", make.city()))
    assert [c.certificate_number for c in carriers] == ["SZ-2024-JD-0001", "SZ-2024-JD-0002"]
    for carrier in carriers:
        assert (carrier.state, carrier.year, carrier.recognised_on) == ("active", 2024, clock.today())
        assert carrier.organisation == carrier.candidate.review.application.organisation
        assert carrier.certificate.organisation == carrier.organisation
        assert render_pdf(carrier.certificate).startswith(b"%PDF")
    assert Message.objects.filter(template="carriers/mail/recognised.txt").count() == 2
    assert Entry.objects.filter(verb="register").count() == 2


def test_a_certificate_number_is_never_used_again():
    first = make.carriers(totals=(90,))[0]
    number = first.certificate_number
    first.delete()
    assert next_number(f"carrier:{number[:-4]}{{number}}") == int(number[-4:]) + 1


def test_announced_twice_it_is_refused():
    made, approver = make.announcement(), make.holder("approver", make.city())
    announce(made, by=approver)
    with pytest.raises(Refused):
        announce(made, by=approver)
    assert Carrier.objects.count() == 2


@pytest.mark.parametrize("role", ["officer", "reviewer", "auditor"])
def test_only_the_citys_approver_announces(role):
    with pytest.raises(PermissionDenied):
        announce(make.announcement(), by=make.holder(role, make.city()))
    assert not Carrier.objects.exists()
