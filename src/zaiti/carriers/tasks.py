"""What the clock does in this room."""

from procrastinate.contrib.django import app

from zaiti.carriers.actions import open_inactivity_checks
from zaiti.ledger.turns import again


@app.periodic(cron="20 6 * * *")
@app.task(
    name="carriers.follow_up_clock",
    queue="clock",
    queueing_lock="carriers.follow_up_clock",
    pass_context=False,
)
def follow_up_clock(timestamp: int) -> None:
    """Each morning: alerts and checks where training lies long back."""
    again(open_inactivity_checks)()
