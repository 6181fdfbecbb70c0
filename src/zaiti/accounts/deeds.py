"""What is done in accounts, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.ledger.deeds import Deed, declare, name_facts

declare(
    "accounts.organisation",
    Deed("register_organisation", _("registered the unit")),
    Deed("edit_organisation", _("changed the unit's data")),
    Deed("rename", _("gave the unit a new name")),
    Deed("confirm", _("confirmed the unit")),
)
declare(
    "accounts.invitation",
    Deed("invite_member", _("invited a member")),
    Deed("accept_invitation", _("joined by an invitation")),
    Deed("revoke_invitation", _("took an invitation back")),
)
declare(
    "accounts.user",
    Deed("remove_member", _("removed a member from the unit")),
    Deed("hand_over", _("handed the unit's account over")),
    Deed("create_account", _("made an account")),
    Deed("create_first_admin", _("made the first system administrator, on the server")),
    Deed("make_admin", _("made this person a system administrator")),
    Deed("reset_second_factor", _("took a lost second factor away")),
    Deed("end_admin", _("ended this person's work as system administrator")),
    Deed("suspend_account", _("suspended an account")),
    Deed("restore_account", _("restored an account")),
)
declare(
    "accounts.post",
    Deed("give_post", _("gave a post")),
    Deed("end_post", _("ended a post")),
)
name_facts(role=_("post"), username=_("user name"), uscc=_("unified social credit code"))
