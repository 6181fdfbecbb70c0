"""What happens to people and organisations."""

from zaiti.accounts.actions.units import (
    accept_invitation,
    edit_organisation,
    hand_over,
    invite_member,
    register_organisation,
    remove_member,
    revoke_invitation,
)

__all__ = [
    "accept_invitation",
    "edit_organisation",
    "hand_over",
    "invite_member",
    "register_organisation",
    "remove_member",
    "revoke_invitation",
]
