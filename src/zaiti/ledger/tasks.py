"""Recompute the chain and sign the log, in the background."""

from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.clock.jobs import by_clock, job
from zaiti.ledger.chain import first_break
from zaiti.ledger.log import make_checkpoint
from zaiti.ledger.models import ChainCheck, Entry


@job(
    "ledger.check_chain",
    _("Recomputing the ledger"),
    about=lambda check: "",
    queueing_lock="ledger.check_chain",
)
def check_chain(check: int) -> None:
    """Walk the chain and keep what was found."""
    row = ChainCheck.objects.get(pk=check)
    row.entries, broken = Entry.objects.count(), first_break()
    row.broken_entry, row.reason = (broken.entry, broken.reason) if broken else (None, "")
    row.done_at = clock.now()
    row.save()


@by_clock("ledger.check_nightly", _("By the clock: recomputing the ledger"), cron="40 2 * * *")
def check_nightly(timestamp: int) -> None:
    """Each night, without being asked; the log is signed first, and its checkpoints are looked at too."""
    make_checkpoint()
    check_chain.func(check=ChainCheck.objects.create(asked_at=clock.now()).pk)


@by_clock("ledger.checkpoint", _("By the clock: signing the ledger's log"), cron="* * * * *")
def checkpoint(timestamp: int) -> None:
    """Sign the log each minute in which it has grown."""
    make_checkpoint()
