"""The menu of this door."""

from django.utils.translation import gettext_lazy as _

from zaiti.accounts.rules import is_applicant
from zaiti.web.ui.navigation import Item, add

add(
    "portal",
    Item(_("My start page"), "portal:start", "home", may=is_applicant),
    Item(_("Open calls"), "portal:calls", "speakerphone", may=is_applicant),
    Item(_("Our carriers"), "portal:carriers", "certificate", may=is_applicant),
    Item(_("Our unit"), "portal:organisation", "building", may=is_applicant),
    Item(_("Authorisation"), "portal:authorisation", "rubber-stamp", may=is_applicant),
    Item(_("Members"), "portal:members", "users", may=is_applicant),
    Item(_("Inbox"), "portal:inbox", "mail"),
)
