"""What is done in panels, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.core.tones import ATTENTION
from zaiti.ledger.deeds import ALL, DISTRICT, NOBODY, WITH_APPLICANT, WITH_EXPERTS, Deed, declare, name_facts

declare(
    "accounts.user",
    Deed("create_expert_account", _("made an expert's account")),
)
declare(
    "panels.expert",
    Deed("add_expert", _("added an expert to the pool")),
    Deed("change_expert", _("changed what the pool says of an expert")),
    Deed("retire_expert", _("took an expert out of the pool")),
    Deed("return_expert", _("put an expert back into the pool")),
)
declare(
    "panels.panel",
    Deed("form_panel", _("formed the panel")),
    Deed("seat", _("seated the experts drawn")),
    Deed("pause", _("the panel paused, too few experts")),
    Deed("finish", _("finished the panel's work")),
)
declare(
    "panels.draw",
    Deed("draw", _("drew experts")),
)
declare(
    "panels.seat",
    Deed("leave_seat", _("an expert left the panel"), tone=ATTENTION),
    Deed("name_chair", _("named the chair")),
)
declare(
    "panels.review",
    Deed("admit", _("put the application before the panel")),
    Deed("recuse", _("an expert stepped back from this application")),
    Deed("visit", _("recorded the site visit"), told=ALL),
    Deed("discuss", _("recorded the panel's discussion"), told=WITH_EXPERTS),
    Deed("total", _("the review was finished"), told=WITH_APPLICANT, unnamed=True),
    Deed("reopen_scoring", _("scoring was opened again")),
)
declare(
    "panels.minutes",
    Deed("record_minutes", _("recorded discussion minutes"), told=NOBODY),
)
declare(
    "panels.scoresheet",
    Deed("open_sheet", _("opened a score sheet"), told=NOBODY),
    Deed("sign", _("signed a score sheet"), told=DISTRICT),
    Deed("void", _("a score sheet became void"), told=DISTRICT),
    Deed("explain_outlier", _("explained an outlying score sheet"), told=DISTRICT),
)
name_facts(held_at=_("held at"), visited_at=_("visited at"))
