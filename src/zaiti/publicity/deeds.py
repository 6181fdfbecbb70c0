"""What is done in publicity, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.core.tones import ATTENTION, DONE, LATE
from zaiti.ledger.deeds import NOBODY, Deed, declare, name_facts

declare(
    "notices.publication",
    Deed("take_down", _("took the text down")),
)
declare(
    "publicity.posting",
    Deed("post", _("posted the candidates"), told=NOBODY),
    Deed("replace", _("replaced the posting by a corrected one"), tone=ATTENTION, told=NOBODY),
    Deed("close", _("ended the posting"), tone=DONE, told=NOBODY),
)
declare(
    "publicity.postingcorrection",
    Deed("prepare", _("put the correction of the posting up for approval")),
    Deed("send_back", _("sent the correction of the posting back"), tone=ATTENTION),
    Deed("publish", _("published the correction of the posting"), tone=DONE),
)
declare(
    "publicity.objection",
    Deed("lodge", _("an objection came in"), unnamed=True),
    Deed("settle_term", _("the day to answer the objection was set")),
    Deed("take_up", _("took the objection up")),
    Deed("turn_away", _("did not admit the objection")),
    Deed("propose", _("proposed an answer to the objection")),
    Deed("send_back", _("sent the proposed answer back"), tone=ATTENTION),
    Deed("uphold", _("upheld the objection"), tone=LATE),
    Deed("reject", _("did not uphold the objection"), tone=DONE),
)
name_facts(last_day=_("last day"), names=_("names"))
