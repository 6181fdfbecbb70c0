"""A sealed letter comes in: the owner's own, or a claim to a unit that someone else registered."""

from datetime import timedelta
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts import uscc as codes
from zaiti.accounts.models import Authority, Organisation, User
from zaiti.accounts.rules import may_run
from zaiti.accounts.separation import hold
from zaiti.applications.intake import check_within
from zaiti.core import Refused, require
from zaiti.files.store import store
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.limits import spend
from zaiti.mandates.models import Mandate
from zaiti.mandates.papers import TITLE
from zaiti.mandates.queries import owner_of
from zaiti.mandates.rules import may_claim
from zaiti.outbox.notify import notify
from zaiti.screening.actions import have_read

State = Mandate.State
MEGABYTES, PAGES = 20, 10  # a letter has a page or two
LETTERS_A_DAY, CLAIMS_A_DAY = 10, 3  # of one person [D]: each claim is told to someone


@transaction.atomic
def send_letter(
    organisation: Organisation, *, by: User, district: Authority, content: IO[bytes], original_name: str
) -> Mandate:
    """Send the sealed letter that shows that one may act for the unit one registered."""
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update(no_key=True))
    hold(by)
    require(may_run(by, organisation))
    spend("letter", str(by.pk), most=LETTERS_A_DAY, per=timedelta(days=1))
    claimed = organisation.mandates.filter(claim=True, state=State.WAITING).exists()
    if organisation.confirmed and not claimed:
        raise Refused(_("The unit is confirmed already; no letter is needed."))
    if not organisation.confirmed:
        organisation.district = district
        organisation.save(update_fields=["district"])
    mandate = Mandate(organisation=organisation, person=by, unit_name=organisation.name)
    mandate.authority = organisation.district or district
    _keep(mandate, content, original_name)
    record("send_letter", mandate, by=by, uscc=organisation.uscc, sha256=mandate.file.sha256)
    return mandate


@transaction.atomic
def claim_unit(
    *, by: User, uscc: str, name: str, district: Authority, content: IO[bytes], original_name: str
) -> Mandate:
    """Claim a unit that someone else registered, or whose owner is gone; its district decides."""
    held = Organisation.objects.select_for_update(no_key=True)
    organisation = held.filter(uscc=codes.normalise(uscc)).first()
    hold(by)
    if organisation is None:
        raise Refused(_("No unit is registered under this code. Register it; nobody has to be asked."))
    require(may_claim(by, organisation))
    spend("claim", str(by.pk), most=CLAIMS_A_DAY, per=timedelta(days=1))
    others = by.mandates.filter(state=State.WAITING).exclude(organisation=organisation)
    if others.exists():
        raise Refused(_("You have claimed another unit already. Wait until its district has decided."))
    mandate = Mandate(organisation=organisation, person=by, unit_name=name.strip(), claim=True)
    mandate.authority = organisation.district or district
    _keep(mandate, content, original_name)
    record("claim_unit", mandate, by=by, uscc=organisation.uscc, sha256=mandate.file.sha256)
    _tell_owner(mandate)
    return mandate


def _keep(mandate: Mandate, content: IO[bytes], original_name: str) -> None:
    """Put the letter away in place of an earlier one that still waits, and have it read."""
    pages = check_within(content, megabytes=MEGABYTES, pages=PAGES)
    for earlier in mandate.person.mandates.filter(organisation=mandate.organisation, state=State.WAITING):
        move(earlier, "close", by=mandate.person)
    name = f"{TITLE}-{mandate.unit_name}"[:200] + ".pdf"
    mandate.file = store(content, name=name, by=mandate.person, original_name=original_name[:255])
    mandate.pages, mandate.sent_at = pages, clock.now()
    mandate.save()
    have_read(mandate.file, mandate.unit_name, pages)


def _tell_owner(mandate: Mandate) -> None:
    """Tell who runs the account that a claim exists, and nothing of who made it."""
    owner = owner_of(mandate.organisation)
    if owner is not None:
        notify(
            owner,
            "mandates/mail/claimed.txt",
            about=mandate,
            organisation=mandate.organisation,
            authority=mandate.authority,
        )
