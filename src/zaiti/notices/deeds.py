"""What is done in notices, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.core.tones import ATTENTION, DONE
from zaiti.ledger.deeds import Deed, declare, name_facts

declare(
    "notices.publication",
    Deed("publish_text", _("published a text")),
)
declare(
    "notices.amendment",
    Deed("prepare", _("put the change of a published text up for approval")),
    Deed("send_back", _("sent the change of a published text back"), tone=ATTENTION),
    Deed("publish", _("published the change of a text"), tone=DONE),
)
declare(
    "notices.call",
    Deed("draft", _("drafted the call")),
    Deed("edit", _("edited the call")),
    Deed("prepare", _("put the call up for approval")),
    Deed("send_back", _("sent the call back"), tone=ATTENTION),
    Deed("publish", _("published the call"), tone=DONE),
    Deed("withdraw", _("withdrew the call, as its year was abandoned"), tone=ATTENTION),
    Deed("extend", _("extended the call"), tone=ATTENTION),
)
declare(
    "notices.citynotice",
    Deed("prepare", _("put the notice to the districts up for approval")),
    Deed("send_back", _("sent the notice to the districts back"), tone=ATTENTION),
    Deed("publish", _("published the notice to the districts"), tone=DONE),
)
declare(
    "notices.acknowledgement",
    Deed("acknowledge", _("acknowledged the city's notice"), tone=DONE),
)
name_facts(index_number=_("index number"))
