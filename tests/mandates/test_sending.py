from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.accounts.models import User
from zaiti.applications.actions import submit
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.mandates.actions import claim_unit, confirm_mandate, send_letter
from zaiti.mandates.models import Mandate
from zaiti.screening.models import ScanReport

State = Mandate.State


def test_the_owner_sends_the_letter_and_it_is_read_for_the_units_name():
    mandate = make.letter()
    assert (mandate.state, mandate.claim, mandate.authority) == (State.WAITING, False, make.district())
    assert ScanReport.objects.get(sha256=mandate.file.sha256).name == mandate.organisation.name
    assert Entry.objects.latest("id").verb == "send_letter"


def test_a_pending_unit_drafts_and_hands_nothing_in():
    application = make.uploaded(make.filled(make.application()))
    unit = application.organisation
    type(unit).objects.filter(pk=unit.pk).update(state="pending")
    with pytest.raises(Refused, match="not confirmed"):
        submit(application, by=application.contact)
    type(unit).objects.filter(pk=unit.pk).update(state="confirmed")
    submit(application, by=application.contact)


def test_another_letter_takes_the_place_of_one_that_waits():
    first = make.letter()
    second = make.letter(first.organisation, text="better")
    first.refresh_from_db()
    assert (first.state, second.state) == (State.CLOSED, State.WAITING)


def test_a_confirmed_unit_needs_no_letter_until_someone_claims_it():
    unit = make.applicant().organisation
    with pytest.raises(Refused):
        make.letter(unit)
    make.claim(unit)
    assert make.letter(unit).state == State.WAITING


def test_what_is_no_pdf_is_refused_in_a_sentence():
    unit = make.pending()
    given = {"district": make.district(), "content": BytesIO(b"no pdf"), "original_name": "x.pdf"}
    with pytest.raises(Refused):
        send_letter(unit, by=make.owner(unit), **given)


def test_only_the_owner_sends_the_units_letter():
    unit = make.pending()
    member = make.user(organisation=unit, org_role=User.OrgRole.MEMBER)
    given = {"district": make.district(), "content": BytesIO(make.pdf()), "original_name": "x.pdf"}
    for person in (member, make.applicant(), make.user(), make.holder("officer")):
        with pytest.raises(PermissionDenied):
            send_letter(unit, by=person, **given)


def test_a_claim_tells_the_owner_that_it_exists_and_nothing_of_the_claimant():
    unit = make.pending()
    claimant = make.user(name="示例申领人甲")
    mandate = make.claim(unit, by=claimant)
    (told,) = make.owner(unit).inbox.all()
    assert told.template == "mandates/mail/claimed.txt"
    for secret in (claimant.name, claimant.username, mandate.unit_name):
        assert secret not in told.body + told.subject
    assert not Mandate.objects.visible_to(make.owner(unit)).exists()


def test_a_claim_is_decided_by_the_district_that_the_unit_named():
    unit = make.pending(district=make.district("futian"))
    assert make.claim(unit).authority == make.district("futian")


def test_a_member_whose_owner_is_gone_claims_the_unit():
    unit = make.applicant().organisation
    member = make.user(organisation=unit, org_role=User.OrgRole.MEMBER)
    confirm_mandate(make.claim(unit, by=member), by=make.holder("officer"), members_stay=True)
    member.refresh_from_db()
    assert member.org_role == User.OrgRole.OWNER


@pytest.mark.parametrize("person", [make.applicant, lambda: make.holder("officer")])
def test_who_acts_for_another_unit_or_a_bureau_claims_nothing(person):
    with pytest.raises(PermissionDenied):
        make.claim(by=person())
    unit = make.pending()
    with pytest.raises(PermissionDenied):
        make.claim(unit, by=make.owner(unit))


def test_one_person_claims_one_unit_at_a_time():
    claimant = make.user()
    make.claim(by=claimant)
    with pytest.raises(Refused):
        make.claim(by=claimant)


def test_a_code_that_nobody_registered_is_not_claimed():
    with pytest.raises(Refused):
        claim_unit(
            by=make.user(), uscc=make.credit_code(), name="示例", district=make.district(),
            content=BytesIO(make.pdf()), original_name="x.pdf",
        )  # fmt: skip
