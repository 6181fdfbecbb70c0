"""The beginning and the end of a panel."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.core import Refused, require
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.notices.models import Call
from zaiti.panels.models import Panel, Review
from zaiti.panels.papers import issue_summary
from zaiti.panels.queries import before, undecided, waiting
from zaiti.panels.rules import may_form, may_run
from zaiti.panels.stepping import conflicted
from zaiti.programmes.models import CarrierType


@transaction.atomic
def form_panel(call: Call, carrier_type: CarrierType, *, by: User, size: int) -> Panel:
    """Form the panel for one type once the window has closed, with a review for each accepted application."""
    require(may_form(by, call.authority))
    _check_forming(call, carrier_type, size)
    panel = Panel.objects.create(
        cycle=call.cycle,
        call=call,
        authority=call.authority,
        carrier_type=carrier_type,
        rubric=call.types.get(carrier_type=carrier_type).rubric,
        size=size,
        made_by=by,
        made_at=clock.now(),
    )
    accepted = before(panel).filter(state=Application.State.ACCEPTED)
    if not accepted:
        raise Refused(_("No application of this type has been accepted yet, so there is nothing to judge."))
    Review.objects.bulk_create(Review(application=one, panel=panel) for one in accepted)
    record("form_panel", panel, by=by, size=size, rubric=panel.rubric.version, reviews=len(accepted))
    return panel


def _check_forming(call: Call, carrier_type: CarrierType, size: int) -> None:
    if call.state != Call.State.PUBLISHED or clock.now() < call.closes_at:
        raise Refused(_("The panel can be formed once the window for applications has closed."))
    if not call.types.filter(carrier_type=carrier_type).exists():
        raise Refused(_("The call is not open for this type."))
    if size < call.cycle.minimum_panel:
        raise Refused(_("A panel has at least %s experts.") % call.cycle.minimum_panel)
    if call.panels.filter(carrier_type=carrier_type).exists():
        raise Refused(_("There is a panel for this type already."))


@transaction.atomic
def finish_panel(panel: Panel, *, by: User) -> None:
    """Close a panel whose every application is scored, with the score summary."""
    require(may_run(by, panel))
    if tied := [f"{seat}（{review.application.organisation}）" for review, seat, _why in conflicted(panel)]:
        raise Refused(_("First put on record who must step back: %s.") % "、".join(tied))
    if panel.reviews.exclude(state=Review.State.SCORED).exists():
        raise Refused(_("Some applications are not scored yet."))
    if undecided(panel).exists() or waiting(panel).exists():
        raise Refused(_("Some applications are still being screened or wait to be put before the panel."))
    move(panel, "finish", by=by, reviews=panel.reviews.count())
    issue_summary(panel, by=by)
