"""What is done in ranking, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.core.tones import ATTENTION, DONE, LATE
from zaiti.ledger.deeds import WITH_APPLICANT, Deed, declare

declare(
    "ranking.candidatelist",
    Deed("make_list", _("ranked the applications")),
    Deed("decide", _("entered the meeting's decision")),
    Deed("send_back", _("sent the candidate list back"), tone=ATTENTION),
    Deed("approve", _("approved the candidate list"), tone=DONE),
)
declare(
    "ranking.candidate",
    Deed("list", _("put the name on the candidate list")),
    Deed("unlist", _("took the name off the candidate list")),
    Deed("post", _("posted the name publicly"), told=WITH_APPLICANT),
    Deed("clear", _("the name passed publicity"), told=WITH_APPLICANT),
    Deed("report", _("reported the name to the city"), told=WITH_APPLICANT),
    Deed("take_back", _("took the name back from the report")),
    Deed("recognise", _("recognised the carrier"), tone=DONE, told=WITH_APPLICANT, by_city=True),
    Deed("block", _("blocked the name, as an objection was upheld"), tone=LATE, told=WITH_APPLICANT),
)
