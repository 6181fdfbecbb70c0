"""Who may write and publish; who may approve, `countersigned` says."""

from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.rules import holds, serves
from zaiti.notices.models import Amendment, CityNotice


def may_publish(user: User, authority: Authority) -> bool:
    """A bureau's own people publish in its name."""
    return serves(user, authority)


def may_draft(user: User, authority: Authority) -> bool:
    """A district's officer drafts its call."""
    return authority.level == Authority.Level.DISTRICT and holds(user, Post.Role.OFFICER, authority)


def may_decide(user: User, authority: Authority) -> bool:
    """The bureau's approver answers for what stands in its name."""
    return holds(user, Post.Role.APPROVER, authority)


def may_amend(user: User, authority: Authority) -> bool:
    """The bureau's officers prepare the extension or correction of its texts; another person publishes it."""
    return holds(user, Amendment.WRITERS, authority)


def may_acknowledge(user: User, notice: CityNotice, authority: Authority) -> bool:
    """An officer of a district below that city says that the notice arrived there."""
    below = authority.city_id == notice.cycle.city_id
    return below and holds(user, Post.Role.OFFICER, authority)
