"""The part of a page where one person's work waits for another's word; its templates stand beside."""

from typing import Any

from zaiti.accounts.models import User
from zaiti.countersigned.models import Countersigned
from zaiti.countersigned.rules import may_approve, may_send_back


def signing(thing: Countersigned, user: User) -> dict[str, Any]:
    """What this person may do with it now, and whether it needs another."""
    returner = may_send_back(user, thing) and thing.can(thing.SEND_BACK)
    return {
        "may_approve": may_approve(user, thing) and thing.can(thing.approval()),
        "may_send_back": returner,
        "wrote_it": returner and thing.prepared_by_id == user.pk,
    }
