"""What has run out counts no more, and goes."""

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from zaiti.clock.jobs import by_clock
from zaiti.limits.models import Kept, Spent


@by_clock("limits.clear", _("By the clock: limits that ran out"), cron="45 4 * * *")
def clear(timestamp: int) -> None:
    """Once a night: remove what has run out, and nothing else."""
    for model in (Spent, Kept):
        model.objects.filter(ends__lte=Now()).delete()
