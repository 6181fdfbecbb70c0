"""The unified sign-in says for which unit a person acts: that counts at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti.accounts.models import Organisation, User
from zaiti.accounts.rules import may_run
from zaiti.accounts.separation import hold
from zaiti.core import Refused, require
from zaiti.ledger.moves import move
from zaiti.mandates.passing import pass_unit
from zaiti.mandates.rules import may_claim


@transaction.atomic
def confirm_by_portal(organisation: Organisation, *, by: User, vouched: str) -> None:
    """Confirm a unit whose owner the unified sign-in names as its own; `vouched` is the code it gave."""
    hold(by)
    require(may_run(by, organisation))
    if organisation.uscc != vouched:
        raise Refused(_("The unified sign-in does not name you for this unit; send its sealed letter."))
    move(organisation, "confirm", by=by, how="portal")


@transaction.atomic
def take_over_by_portal(*, by: User, vouched: str) -> Organisation:
    """Take an unconfirmed unit from whoever registered it; a confirmed one is for its district to judge."""
    organisation = Organisation.objects.select_for_update(no_key=True).filter(uscc=vouched).first()
    hold(by)
    if organisation is None:
        raise Refused(_("No unit is registered under this code. Register it; nobody has to be asked."))
    require(may_claim(by, organisation))
    if organisation.confirmed or organisation.district is None:
        raise Refused(_("Someone is confirmed for this unit already. Claim it; its district decides."))
    pass_unit(organisation, by, by=by, authority=organisation.district)
    move(organisation, "confirm", by=by, how="portal")
    return organisation
