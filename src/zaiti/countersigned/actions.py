"""The steps that every countersigned thing takes; its room adds what is its own."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti.accounts.models import User
from zaiti.core import require
from zaiti.core.text import needed
from zaiti.countersigned.models import Countersigned
from zaiti.countersigned.rules import may_approve, may_prepare, may_send_back
from zaiti.ledger.moves import move


@transaction.atomic
def prepare(thing: Countersigned, *, by: User, **facts: object) -> None:
    """Put it before the approver; what was said of it before is settled by that."""
    move(thing, thing.PREPARE, by=by, may=may_prepare, **facts)
    thing.prepared_by, thing.approved_by, thing.sent_back_reason = by, None, ""
    thing.save(update_fields=["prepared_by", "approved_by", "sent_back_reason"])


@transaction.atomic
def send_back(thing: Countersigned, *, by: User, reason: str) -> None:
    """Give it back to who prepared it, with the reason."""
    require(may_send_back(by, thing))
    reason = needed(reason, _("Say why it goes back: whoever prepared it has to mend it."))
    move(thing, thing.SEND_BACK, by=by, may=may_send_back, reason=reason)
    thing.sent_back_reason = reason
    thing.save(update_fields=["sent_back_reason"])


@transaction.atomic
def approve(thing: Countersigned, *, by: User, **facts: object) -> None:
    """Approve it, by another person than who prepared it."""
    move(thing, thing.approval(), by=by, may=may_approve, **facts)
    thing.approved_by, thing.sent_back_reason = by, ""
    thing.save(update_fields=["approved_by", "sent_back_reason"])
