"""One volume of all that was handed in."""

from django.db import transaction

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.models import BoundCopy, Submission
from zaiti.applications.rules import may_see
from zaiti.applications.tasks import bind
from zaiti.clock.jobs import defer
from zaiti.core import require


@transaction.atomic
def ask_to_bind(submission: Submission, *, by: User) -> BoundCopy:
    """Have a receipt's materials bound; once for all who ask. What could not be bound is tried again."""
    require(may_see(by, submission.application))
    pages = sum(row["pages"] for row in submission.files)
    copy, new = BoundCopy.objects.select_for_update(no_key=True).get_or_create(
        submission=submission, defaults={"asked_at": clock.now(), "pages": pages}
    )
    if copy.broken:
        new, copy.broken, copy.asked_at = True, "", clock.now()
        copy.save(update_fields=["broken", "asked_at"])
    if new:
        defer(bind, copy=copy.pk)
    return copy
