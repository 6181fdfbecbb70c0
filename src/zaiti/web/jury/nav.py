"""The menu of this door."""

from django.utils.translation import gettext_lazy as _

from zaiti.web.ui.navigation import Item, add

add(
    "jury",
    Item(_("My reviews"), "jury:start", "home"),
    Item(_("Inbox"), "portal:inbox", "mail"),
)
