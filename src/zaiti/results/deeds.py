"""What is done in results, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.core.tones import ATTENTION, DONE
from zaiti.ledger.deeds import NOBODY, Deed, declare

declare(
    "results.report",
    Deed("prepare", _("prepared the report to the city"), told=NOBODY),
    Deed("return_to_officer", _("gave the report back to its writer"), tone=ATTENTION),
    Deed("send", _("sent the report to the city"), told=NOBODY),
    Deed("send_back", _("sent the report back to the district"), tone=ATTENTION),
    Deed("accept", _("accepted the report"), tone=DONE),
)
declare(
    "results.withdrawal",
    Deed("withdraw", _("took a reported name back by letter"), told=NOBODY),
)
declare(
    "results.announcement",
    Deed("prepare", _("prepared the announcement")),
    Deed("send_back", _("sent the announcement back"), tone=ATTENTION),
    Deed("publish", _("published the announcement"), tone=DONE),
)
