"""Whose turn it is."""

from zaiti.accounts.models import Post, User
from zaiti.accounts.queries import holders
from zaiti.countersigned.models import Countersigned


def to_approve(thing: Countersigned) -> list[User]:
    """Who may approve it now."""
    people = holders(thing.bureau(), Post.Role.APPROVER)
    return [person for person in people if person.pk != thing.prepared_by_id]


def to_mend(thing: Countersigned) -> list[User]:
    """Whom it goes back to: who prepared it, else everybody whose task it is."""
    return [thing.prepared_by] if thing.prepared_by else holders(thing.bureau(), *thing.WRITERS)
