"""Who may make a year; who may open it, `countersigned` says."""

from zaiti.accounts.models import Authority, User
from zaiti.accounts.rules import holds
from zaiti.studio.models import YearDraft


def may_make(user: User, city: Authority) -> bool:
    """An officer of the city bureau makes its years."""
    return city.level == Authority.Level.CITY and holds(user, YearDraft.WRITERS, city)


def may_write(user: User, draft: YearDraft) -> bool:
    """The same people write in it."""
    return may_make(user, draft.city)


def may_remark(user: User, draft: YearDraft) -> bool:
    """Whoever holds a post at the city bureau that makes it."""
    return draft.city_id in user.authority_ids()
