"""What has run out counts no more, and goes."""

from django.db.models.functions import Now
from procrastinate.contrib.django import app

from zaiti.limits.models import Kept, Spent


@app.periodic(cron="45 4 * * *")
@app.task(name="limits.clear", queue="clock", queueing_lock="limits.clear", pass_context=False)
def clear(timestamp: int) -> None:
    """Once a night: remove what has run out, and nothing else."""
    for model in (Spent, Kept):
        model.objects.filter(ends__lte=Now()).delete()
