"""What nobody needs any more."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from zaiti.drafts.models import Sent

KEPT = timedelta(days=1)


@app.periodic(cron="45 4 * * *")
@app.task(name="drafts.clear_sent", queue="clock", queueing_lock="drafts.clear_sent", pass_context=False)
def clear_sent(timestamp: int) -> None:
    """Once a night: forget the forms that were sent a day ago; by the real clock, as they were noted."""
    Sent.objects.filter(at__lt=timezone.now() - KEPT).delete()
