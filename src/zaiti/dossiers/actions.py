"""The one thing an auditor does: have the chain recomputed."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.clock.jobs import defer
from zaiti.core import Refused, require
from zaiti.dossiers.rules import may_check
from zaiti.ledger.chain import record
from zaiti.ledger.models import ChainCheck
from zaiti.ledger.tasks import check_chain


@transaction.atomic
def ask_for_check(*, by: User) -> ChainCheck:
    """Let a job recompute the whole chain."""
    require(may_check(by))
    if ChainCheck.objects.filter(done_at=None, by__isnull=False).exists():
        raise Refused(_("A check is under way already; its result will stand here."))
    check = ChainCheck.objects.create(asked_at=clock.now(), by=by)
    record("check_chain", check, by=by)
    defer(check_chain, check=check.pk)
    return check
