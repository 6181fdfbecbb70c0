"""What the clock does in this room."""

from django.utils.translation import gettext_lazy as _

from zaiti.carriers.actions import look_at
from zaiti.carriers.models import InactivityCheck
from zaiti.carriers.queries import followed
from zaiti.clock.jobs import by_clock, one_by_one


@by_clock("carriers.follow_up_clock", _("By the clock: missing training"), cron="20 6 * * *")
def follow_up_clock(timestamp: int) -> None:
    """Each morning: alerts and checks where training lies long back."""
    open_inactivity_checks()


def open_inactivity_checks() -> list[InactivityCheck]:
    """Look at each carrier that the clock follows; give what was opened."""
    return [check for check in one_by_one(followed(), look_at) if check]
