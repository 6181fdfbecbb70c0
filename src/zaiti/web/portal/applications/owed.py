"""What the unit owes now, soonest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.screening.models import Correction


@dataclass(frozen=True)
class Owed:
    """One thing to do, where, and until when."""

    what: str
    about: str
    url: str
    until: clock.Due

    @property
    def rank(self) -> date:
        """The day it is due, for sorting."""
        if isinstance(self.until, datetime):
            return self.until.date()
        return self.until if isinstance(self.until, date) else date.max


def owed(applications: Iterable[Application]) -> list[Owed]:
    """List drafts to hand in and corrections to answer."""
    things = [thing for application in applications if (thing := _owed(application))]
    return sorted(things, key=lambda thing: thing.rank)


def own_applications(user: User) -> list[Application]:
    """All of the unit's applications with what the start page says of them."""
    waiting = Correction.objects.filter(answered_at=None).order_by("issued_at")
    return list(
        Application.objects.filter(organisation=user.organisation_id)
        .select_related("call__authority", "call__cycle", "carrier_type", "organisation")
        .prefetch_related(Prefetch("corrections", waiting, to_attr="waiting"))
    )


def due_of(application: Application) -> clock.Due | None:
    """Say until when someone has to do something about it."""
    if application.state in (Application.State.DRAFT, Application.State.WITHDRAWN):
        return application.call.closes_at
    if application.state == Application.State.RETURNED:
        waiting = application.waiting  # type: ignore[attr-defined]  # prefetched above
        return (waiting[-1].due or clock.TO_COME) if waiting else None
    waits = application.state == Application.State.SUBMITTED
    return (application.answer_due or clock.TO_COME) if waits else None


def _owed(application: Application) -> Owed | None:
    until, state = due_of(application), Application.State
    words = {state.DRAFT: _("Complete and submit"), state.RETURNED: _("Answer the correction notice")}
    over = application.state == state.DRAFT and clock.now() >= application.call.closes_at
    if application.state not in words or until is None or over:
        return None
    about = (
        f"{application.carrier_type} · {application.call.authority.district or application.call.authority}"
    )
    url = reverse("portal:application", args=[application.pk])
    return Owed(words[state(application.state)], about, url, until)
