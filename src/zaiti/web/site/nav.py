"""The menu of this door."""

from django.utils.translation import gettext_lazy as _

from zaiti.web.ui.navigation import Item, add

add(
    "site",
    Item(_("Home"), "site:home", "home"),
    Item(_("Notices"), "site:notices", "news"),
    Item(_("Postings"), "site:postings", "speakerphone"),
    Item(_("Register of carriers"), "site:register", "certificate"),
    Item(_("Guide to applying"), "site:guide", "help"),
    Item(_("Expert draws"), "site:draws", "dice-5"),
)
