"""What is done in mandates, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.core.tones import ATTENTION, DONE
from zaiti.ledger.deeds import Deed, declare

declare(
    "accounts.organisation",
    Deed("pass_unit", _("passed the unit's account to another person")),
)
declare(
    "mandates.mandate",
    Deed("send_letter", _("sent the unit's letter of authorisation")),
    Deed("claim_unit", _("claimed the unit")),
    Deed("confirm", _("confirmed the letter of authorisation")),
    Deed("send_back", _("sent the letter of authorisation back"), tone=ATTENTION),
    Deed("close", _("closed a letter of authorisation that needed no decision"), tone=DONE),
)
