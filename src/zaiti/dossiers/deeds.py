"""What is done in dossiers, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.ledger.deeds import Deed, declare

declare(
    "ledger.chaincheck",
    Deed("check_chain", _("asked for a check of the ledger")),
)
