"""One more return than the year allows: asked for by an officer, decided by a senior."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.screening.models import ExtraReturn
from zaiti.screening.notify import tell_asker, tell_seniors
from zaiti.screening.queries import chances
from zaiti.screening.rules import may_decide_return, may_screen


@transaction.atomic
def ask_extra_return(application: Application, *, by: User, why: str) -> ExtraReturn:
    """Ask to return once more an application whose chances are used up."""
    require(may_screen(by, application))
    application.refresh_from_db(from_queryset=Application.objects.select_for_update(no_key=True))
    _require_used_up(application)
    why = needed(why, _("Say why it should be returned once more: whoever approves it reads this."))
    if application.extra_returns.filter(state=ExtraReturn.State.ASKED).exists():
        raise Refused(_("A further return has been asked for already and waits for a decision."))
    ask = ExtraReturn.objects.create(application=application, why=why, asked_by=by, asked_at=clock.now())
    record("ask_extra_return", ask, by=by, why=ask.why)
    tell_seniors(application, "extra_return_asked", but=by, ask=ask)
    return ask


@transaction.atomic
def approve_extra_return(ask: ExtraReturn, *, by: User) -> None:
    """Give the applicant one more chance; the officer then returns it as before."""
    require(may_decide_return(by, ask))
    move(ask, "approve", by=by)
    _decide(ask, by)


@transaction.atomic
def refuse_extra_return(ask: ExtraReturn, *, by: User, reason: str) -> None:
    """Let the chances stay as they are."""
    require(may_decide_return(by, ask))
    reason = needed(reason, _("Say why it is refused: the officer reads this."))
    move(ask, "refuse", by=by, reason=reason)
    _decide(ask, by, reason)


def _require_used_up(application: Application) -> None:
    if application.state != Application.State.SUBMITTED:
        raise Refused(_("A further return can be asked for only while the application waits for screening."))
    if application.corrections.count() < chances(application):
        raise Refused(_("The applicant still has a chance to correct: return the application as usual."))


def _decide(ask: ExtraReturn, by: User, answer: str = "") -> None:
    ask.decided_by, ask.decided_at, ask.answer = by, clock.now(), answer.strip()
    ask.save(update_fields=["decided_by", "decided_at", "answer"])
    tell_asker(ask)
