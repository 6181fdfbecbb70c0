"""What is done in screening, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.core.tones import DONE, LATE
from zaiti.ledger.deeds import WITH_APPLICANT, Deed, declare, name_facts

declare(
    "screening.check",
    Deed("mark", _("marked a material")),
)
declare(
    "screening.fieldcheck",
    Deed("mark_field", _("marked an entry of the form")),
)
declare(
    "screening.extrareturn",
    Deed("ask_extra_return", _("asked for a further return")),
    Deed("approve", _("approved a further return"), tone=DONE),
    Deed("refuse", _("refused a further return")),
)
declare(
    "screening.correction",
    Deed("lapse", _("the time to correct ran out"), tone=LATE, told=WITH_APPLICANT),
    Deed("settle_term", _("the last day to correct was set"), told=WITH_APPLICANT),
)
declare(
    "screening.papercopy",
    Deed("receive_paper_copy", _("received the paper copies"), told=WITH_APPLICANT),
)
name_facts(deemed=_("deemed accepted by the clock"), mark=_("mark"))
