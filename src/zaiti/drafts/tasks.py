"""What nobody needs any more."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zaiti.clock.jobs import by_clock
from zaiti.drafts.models import Sent

KEPT = timedelta(days=1)


@by_clock("drafts.clear_sent", _("By the clock: forms sent long ago"), cron="45 4 * * *")
def clear_sent(timestamp: int) -> None:
    """Once a night: forget the forms that were sent a day ago; by the real clock, as they were noted."""
    Sent.objects.filter(at__lt=timezone.now() - KEPT).delete()
