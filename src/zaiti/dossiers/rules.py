"""Who reads the ledger."""

from zaiti.accounts.models import Post, User
from zaiti.accounts.rules import holds, in_city


def may_audit(user: User) -> bool:
    """Auditors read the ledger, and so does the city's approver."""
    return holds(user, Post.Role.AUDITOR) or in_city(user, Post.Role.APPROVER)


def may_check(user: User) -> bool:
    """Auditors have the chain recomputed."""
    return holds(user, Post.Role.AUDITOR)
