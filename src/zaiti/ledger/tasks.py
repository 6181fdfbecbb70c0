"""Recompute the chain in the background."""

from procrastinate.contrib.django import app

from zaiti import clock
from zaiti.ledger.chain import first_break
from zaiti.ledger.models import ChainCheck, Entry


@app.task(name="ledger.check_chain", queueing_lock="ledger.check_chain")
def check_chain(check: int) -> None:
    """Walk the chain and keep what was found."""
    row = ChainCheck.objects.get(pk=check)
    row.entries, broken = Entry.objects.count(), first_break()
    row.broken_entry, row.reason = (broken.entry, broken.reason) if broken else (None, "")
    row.done_at = clock.now()
    row.save()


@app.periodic(cron="40 2 * * *")
@app.task(
    name="ledger.check_nightly", queue="clock", queueing_lock="ledger.check_nightly", pass_context=False
)
def check_nightly(timestamp: int) -> None:
    """Each night, without being asked."""
    check_chain.func(check=ChainCheck.objects.create(asked_at=clock.now()).pk)
