"""What is done in studio, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.core.tones import ATTENTION, DONE
from zaiti.ledger.deeds import Deed, declare, name_facts

declare(
    "studio.yeardraft",
    Deed("begin", _("began to prepare the year")),
    Deed("edit", _("edited the year in preparation")),
    Deed("arrange", _("added, removed or moved a line of the year in preparation")),
    Deed("confirm_sample", _("confirmed that a part is no sample")),
    Deed("confirm_field", _("confirmed an entry that was carried over")),
    Deed("undo", _("undid a change of the year in preparation")),
    Deed("restore", _("restored the year in preparation as it stood")),
    Deed("remark", _("commented on the year in preparation")),
    Deed("settle", _("settled a comment")),
    Deed("prepare", _("put the year up for approval")),
    Deed("send_back", _("sent the year back to who prepared it"), tone=ATTENTION),
    Deed("open", _("approved the year and opened it"), tone=DONE),
    Deed("correct", _("approved the corrected form; it is in force"), tone=ATTENTION),
    Deed("abandon", _("gave up the year in preparation")),
)
declare(
    "studio.abandonment",
    Deed("prepare", _("put the abandoning of the year up for approval")),
    Deed("send_back", _("sent the abandoning of the year back"), tone=ATTENTION),
    Deed("decide", _("approved that the year is abandoned"), tone=ATTENTION),
)
name_facts(origin=_("made from"), field=_("field"), changes=_("changes"), how=_("how"), change=_("change"))
