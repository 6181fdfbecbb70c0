"""The menu of this door; the groups come in the procedure's order."""

from django.utils.translation import gettext_lazy as _

from zaiti.accounts.rules import may_administer
from zaiti.dossiers.rules import may_audit
from zaiti.web.desk.access import in_bureau, in_city_bureau, works_here
from zaiti.web.desk.panels.access import watches
from zaiti.web.ui.navigation import Item, add

add(
    "desk",
    Item(_("Due today"), "desk:start", "home", may=works_here),
    Item(_("Years and plan"), "desk:plan", "table", may=in_city_bureau, group=_("Plan")),
    Item(_("Working days"), "desk:calendar", "calendar", may=in_bureau, group=_("Plan")),
    Item(_("Calls"), "desk:calls", "speakerphone", may=in_bureau, group=_("Plan")),
    Item(_("Published texts"), "desk:texts", "news", may=in_bureau, group=_("Plan")),
)
add(
    "desk",
    Item(
        _("Units to confirm"),
        "desk:units",
        "rubber-stamp",
        may=in_bureau,
        group=_("Review"),
    ),
    Item(
        _("Screening"),
        "desk:screening",
        "checklist",
        may=in_bureau,
        group=_("Review"),
    ),
    Item(
        _("Changes of name"),
        "desk:renamings",
        "signature",
        may=in_bureau,
        group=_("Review"),
    ),
    Item(_("Panels"), "desk:panels", "users-group", may=in_bureau, group=_("Review")),
    Item(
        _("Expert pool"),
        "desk:experts",
        "id",
        may=in_bureau,
        group=_("Review"),
    ),
    Item(
        _("Draws of experts"),
        "desk:draws",
        "arrows-shuffle",
        may=watches,
        group=_("Review"),
    ),
)
add(
    "desk",
    Item(
        _("Ranking"),
        "desk:ranking",
        "list-numbers",
        may=in_bureau,
        group=_("Decision"),
    ),
    Item(
        _("Publicity"),
        "desk:publicity",
        "speakerphone",
        may=in_bureau,
        group=_("Decision"),
    ),
    Item(
        _("Objections"),
        "desk:objections",
        "message-report",
        may=in_bureau,
        group=_("Decision"),
    ),
    Item(
        _("Reports and results"),
        "desk:results",
        "send",
        may=in_bureau,
        group=_("Decision"),
    ),
)
add(
    "desk",
    Item(
        _("Carriers"),
        "desk:carriers",
        "certificate",
        may=in_bureau,
        group=_("Follow-up"),
    ),
    Item(_("Ledger"), "desk:audit", "book-2", may=may_audit, group=_("Oversight")),
    Item(
        _("Accounts"),
        "desk:people",
        "users",
        may=may_administer,
        group=_("Administration"),
    ),
    Item(
        _("System"),
        "desk:system",
        "server",
        may=may_administer,
        group=_("Administration"),
    ),
)
