"""Who may write, approve and publish."""

from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.rules import holds, serves


def may_publish(user: User, authority: Authority) -> bool:
    """A bureau's own people publish in its name."""
    return serves(user, authority)


def may_draft(user: User, authority: Authority) -> bool:
    """A district's officer drafts its call."""
    return authority.level == Authority.Level.DISTRICT and holds(user, Post.Role.OFFICER, authority)


def may_decide(user: User, authority: Authority) -> bool:
    """The bureau's approver signs what goes out in its name."""
    return holds(user, Post.Role.APPROVER, authority)
