"""Give up an opened year for which nobody has handed in: two people, with a reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti.accounts.models import Post, User
from zaiti.accounts.queries import holders
from zaiti.applications.models import Application
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.countersigned.actions import approve, prepare, send_back
from zaiti.countersigned.queries import to_approve, to_mend
from zaiti.countersigned.rules import may_approve
from zaiti.ledger.moves import move
from zaiti.notices.models import Call
from zaiti.outbox.notify import notify
from zaiti.programmes.models import Cycle
from zaiti.programmes.rules import may_plan
from zaiti.publicity.actions import take_down_with_its_year
from zaiti.studio.models import Abandonment


@transaction.atomic
def prepare_abandonment(cycle: Cycle, *, by: User, reason: str) -> Abandonment:
    """Put it before the approver, with the reason that will be told."""
    require(may_plan(by, cycle))
    reason = needed(reason, _("Say why the year is abandoned; the districts are told."))
    _require_unused(cycle)
    made, _new = Abandonment.objects.get_or_create(cycle=cycle)
    prepare(made, by=by, reason=reason)
    made.reason = reason
    made.save(update_fields=["reason"])
    notify(to_approve(made), "studio/mail/to_abandon.txt", about=made, abandonment=made)
    return made


@transaction.atomic
def send_back_abandonment(abandonment: Abandonment, *, by: User, reason: str) -> None:
    """Give it back to who prepared it: the year goes on."""
    send_back(abandonment, by=by, reason=reason)
    notify(to_mend(abandonment), "studio/mail/not_abandoned.txt", about=abandonment, abandonment=abandonment)


@transaction.atomic
def decide_abandonment(abandonment: Abandonment, *, by: User) -> None:
    """Abandon the year: its calls are withdrawn, its code stays taken, everyone concerned is told."""
    require(may_approve(by, abandonment))
    approve(abandonment, by=by)
    cycle = abandonment.cycle
    _require_unused(cycle)
    move(cycle, "abandon", by=by, reason=abandonment.reason)
    readers = _concerned(cycle)
    for call in cycle.calls.exclude(state=Call.State.WITHDRAWN).order_by("pk"):
        _withdraw(call, by, abandonment.reason)
    notify(readers, "studio/mail/abandoned.txt", abandonment=abandonment)


def _withdraw(call: Call, by: User, reason: str) -> None:
    move(call, "withdraw", by=by, reason=reason)
    if call.publication:
        take_down_with_its_year(call.publication, by=by, reason=reason)


def _require_unused(cycle: Cycle) -> None:
    """Nobody has handed in; who is about to waits for this to be decided."""
    rows = Application.objects.filter(call__cycle=cycle).order_by("pk").select_for_update(no_key=True)
    if any(row.submitted_at for row in rows):
        raise Refused(_("Applications were handed in for this year, so it can't be abandoned."))


def _concerned(cycle: Cycle) -> list[User]:
    """The districts' officers and approvers, and who has begun an application."""
    roles = (Post.Role.OFFICER, Post.Role.APPROVER)
    found = {one for place in cycle.districts.all() for one in holders(place, *roles)}
    begun = Application.objects.filter(call__cycle=cycle).select_related("contact")
    return sorted(found | {row.contact for row in begun}, key=lambda one: one.pk)
