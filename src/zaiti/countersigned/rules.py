"""Who may prepare, send back and approve."""

from zaiti.accounts.models import Post, User
from zaiti.accounts.rules import holds
from zaiti.countersigned.models import Countersigned


def may_prepare(user: User, thing: Countersigned) -> bool:
    """The bureau's people whose task it is."""
    return holds(user, thing.WRITERS, thing.bureau())


def may_send_back(user: User, thing: Countersigned) -> bool:
    """The bureau's approvers."""
    return holds(user, Post.Role.APPROVER, thing.bureau())


def may_approve(user: User, thing: Countersigned) -> bool:
    """The bureau's approver, never the one who prepared it."""
    return may_send_back(user, thing) and thing.prepared_by_id != user.pk
