"""The district looks at a letter: it confirms who acts for the unit, or sends the letter back."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Organisation, User
from zaiti.accounts.naming import take_name
from zaiti.accounts.rules import may_run
from zaiti.accounts.separation import hold
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.ledger.moves import move
from zaiti.mandates.models import Mandate
from zaiti.mandates.passing import pass_unit
from zaiti.mandates.rules import may_claim, may_decide
from zaiti.outbox.notify import notify


@transaction.atomic
def confirm_mandate(mandate: Mandate, *, by: User, members_stay: bool = False) -> None:
    """Confirm that the person acts for the unit; by a claim the account passes to them."""
    require(may_decide(by, mandate))
    # The unit, then its people, then the letters: as everybody who sends one holds them.
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=mandate.organisation_id)
    hold(mandate.person)
    move(mandate, "confirm", by=by)
    _decided(mandate, by)
    _guard_still_so(mandate, organisation)
    left: list[User] = []
    if mandate.claim:
        _name_as_sealed(organisation, mandate, by)
        to, authority = mandate.person, mandate.authority
        left = pass_unit(organisation, to, by=by, authority=authority, members_stay=members_stay)
    if not organisation.confirmed:
        move(organisation, "confirm", by=by, how="letter", mandate=mandate.pk)
    _close_others(mandate, by, told=left)
    notify(
        mandate.person,
        "mandates/mail/confirmed.txt",
        about=mandate,
        mandate=mandate,
        by_authority=mandate.authority.name,
    )


@transaction.atomic
def send_back(mandate: Mandate, *, by: User, reason: str) -> None:
    """Send a letter back with what is wrong; the person may send another."""
    require(may_decide(by, mandate))
    reason = needed(reason, _("Write what is wrong with the letter, so that it can be put right."))
    move(mandate, "send_back", by=by, reason=reason)
    _decided(mandate, by, reason)
    notify(mandate.person, "mandates/mail/sent_back.txt", about=mandate, mandate=mandate)


def _decided(mandate: Mandate, by: User, reason: str = "") -> None:
    mandate.decided_by, mandate.decided_at, mandate.reason = by, clock.now(), reason
    mandate.save(update_fields=["decided_by", "decided_at", "reason"])


def _guard_still_so(mandate: Mandate, organisation: Organisation) -> None:
    """What the letter says must still hold: people move on, and units are renamed."""
    if mandate.claim and not may_claim(mandate.person, organisation):
        raise Refused(
            _("The claimant acts for another unit or holds an office by now; send the letter back.")
        )
    if not mandate.claim and not may_run(mandate.person, organisation):
        raise Refused(_("The person no longer runs the unit's account; send the letter back."))
    if not mandate.claim and mandate.unit_name != organisation.name:
        raise Refused(_("The unit was renamed after the letter was sent; send the letter back."))


def _name_as_sealed(organisation: Organisation, mandate: Mandate, by: User) -> None:
    """A name that nobody ever confirmed gives way to the one on the sealed letter."""
    if not organisation.confirmed:
        take_name(organisation, mandate.unit_name, by=by)


def _close_others(mandate: Mandate, by: User, told: list[User]) -> None:
    """The other letters about the unit need no decision any more; who sent them is told so."""
    waiting = Mandate.objects.filter(organisation=mandate.organisation_id, state=Mandate.State.WAITING)
    for other in waiting.select_related("person", "authority", "organisation"):
        move(other, "close", by=by)
        _decided(other, by)
        if other.person not in told:
            notify(other.person, "mandates/mail/closed.txt", mandate=other)
