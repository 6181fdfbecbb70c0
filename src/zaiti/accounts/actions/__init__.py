"""What happens to people and organisations."""

from zaiti.accounts.actions.staff import (
    create_first_admin,
    create_official,
    end_admin,
    end_post,
    give_post,
    make_admin,
    reset_second_factor,
    restore_user,
    suspend_user,
)
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
    "create_first_admin",
    "create_official",
    "edit_organisation",
    "end_admin",
    "end_post",
    "give_post",
    "hand_over",
    "invite_member",
    "make_admin",
    "register_organisation",
    "remove_member",
    "reset_second_factor",
    "restore_user",
    "revoke_invitation",
    "suspend_user",
]
