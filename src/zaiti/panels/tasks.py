"""What the clock sees to."""

from django.utils.translation import gettext_lazy as _

from zaiti.clock.jobs import by_clock, one_by_one
from zaiti.panels.actions.apart import part_panel
from zaiti.panels.models import Panel


@by_clock("panels.part_conflicted", _("By the clock: experts tied to what they judge"), cron="20 1 * * *")
def part_conflicted(timestamp: int = 0) -> None:
    """Each night: however an expert came to be tied to what they judge, they step back."""
    one_by_one(Panel.objects.exclude(state=Panel.State.CLOSED), lambda panel: part_panel(panel, by=None))
