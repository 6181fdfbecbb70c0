"""Jobs: the one way to leave one behind."""

from typing import Any

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.tasks import Task

# Not the app's own: inside a worker that one commits at once, on a connection beside Django's.
_in_djangos_transaction = JobManager(DjangoConnector())


def defer(task: Task[Any, Any, Any], **args: Any) -> int:
    """Leave a job in Django's transaction, wherever this runs: it is there exactly when the deed is."""
    job = task.configure(task_kwargs=args).job
    return JobDeferrer(_in_djangos_transaction, job).defer()
