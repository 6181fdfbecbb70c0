"""What is done in programmes, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.core.tones import ATTENTION, DONE
from zaiti.ledger.deeds import Deed, declare, name_facts

declare(
    "clock.holidayyear",
    Deed("add_holiday_year", _("began the table of a year's holidays")),
    Deed("draft_holiday_year", _("entered a year's holidays, to be confirmed")),
    Deed("confirm_holiday_year", _("put a year's holidays in force")),
    Deed("drop_holiday_draft", _("threw away a year's holidays that were not confirmed")),
    Deed("edit_special_day", _("changed a day of the working-day table")),
)
declare(
    "programmes.cycle",
    Deed("open", _("opened the year")),
    Deed("close", _("closed the year"), tone=DONE),
    Deed("abandon", _("abandoned the year"), tone=ATTENTION),
    Deed("set_quotas", _("set the quotas")),
    Deed("change_cap", _("changed the cap")),
)
declare(
    "programmes.quotamove",
    Deed("move_quota", _("moved unused places")),
)
declare(
    "programmes.nudge",
    Deed("nudge", _("reminded a district")),
)
declare(
    "programmes.rubric",
    Deed("adapt_rubric", _("adapted the rubric")),
    Deed("confirm_rubric", _("confirmed that the rubric is the real one")),
)
name_facts(cap=_("cap"), places=_("places"))
