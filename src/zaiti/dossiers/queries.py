"""Where a case is, how it came there, and who owes what: three queries a story."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.applications.models import Application
from zaiti.carriers.models import Carrier
from zaiti.dossiers.case import Case, gather
from zaiti.dossiers.story import Event, Step, Story, Whereabouts, bar
from zaiti.dossiers.timeline import tell
from zaiti.ledger.models import Entry, EntryQuerySet
from zaiti.panels.models import Review
from zaiti.programmes.models import Cycle
from zaiti.ranking.models import Candidate, CandidateList

A, R, C = Application.State, Review.State, Candidate.State
APPLY, ACCEPT, JUDGE, POST, REPORT, RESULT, OVER = range(7)


def timeline(application: Application, user: User) -> list[Event]:
    """What happened, latest first, as far as this person may know it."""
    return tell(gather(application), user)


def steps(application: Application) -> list[Step]:
    """The procedure's six steps, the present one marked."""
    return _steps(gather(application))


def whereabouts(application: Application) -> Whereabouts | None:
    """What comes next, who owes it and until when; nothing once the case has ended."""
    return _whereabouts(gather(application))


def story(application: Application, user: User) -> Story:
    """All three at the price of one."""
    case = gather(application)
    return Story(tell(case, user), _steps(case), _whereabouts(case))


def _steps(case: Case) -> list[Step]:
    here, stopped = _place(case)
    return procedure(here, stopped=stopped, days=_days(case))


def procedure(here: int, *, stopped: bool = False, days: Sequence[date | None] = ()) -> list[Step]:
    """The procedure's six steps; number `here` is under way."""
    labels = (_("Application"), _("Acceptance"), _("Review"), _("Publicity"), _("Report"), _("Result"))
    return bar(labels, here, stopped=stopped, days=days)


def _place(case: Case) -> tuple[int, bool]:
    """The step a case is at, and whether it ended there."""
    state = case.application.state
    if state == A.DECLINED:
        return ACCEPT, True
    if state != A.ACCEPTED:
        return (ACCEPT if state in (A.SUBMITTED, A.RETURNED) else APPLY), state == A.WITHDRAWN
    if case.candidate is None:
        return (POST if case.review and case.review.state == R.SCORED else JUDGE), False
    if case.candidate.state == C.BLOCKED:
        return POST, True
    places = {C.CLEARED: REPORT, C.REPORTED: RESULT, C.RECOGNISED: OVER}
    return places.get(C(case.candidate.state), POST), _is_over(case)


def _is_over(case: Case) -> bool:
    """The year is closed and this name is not on the list."""
    assert case.candidate
    return case.application.call.cycle.state == Cycle.State.CLOSED and case.candidate.state != C.RECOGNISED


def _days(case: Case) -> tuple[date | None, ...]:
    """The last day of each step, from the rows it left."""
    row = case.application
    ruling = getattr(row, "ruling", None)
    cleared = max((at for at in (row.ended_at, row.answered_at) if at), default=None)
    return (
        _day(row.submitted_at),
        _day(ruling.at) if ruling else None,
        _day(row.scored_at),
        _day(cleared),
        _day(row.reported_at),
        case.carrier.recognised_on if case.carrier else None,
    )


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.now().tzinfo).date() if moment else None


def _whereabouts(case: Case) -> Whereabouts | None:
    if case.carrier:
        return _of_carrier(case, case.carrier)
    if case.candidate:
        return _of_candidate(case, case.candidate)
    if case.application.state == A.ACCEPTED:
        return _of_review(case)
    return _of_application(case.application)


def _of_application(application: Any) -> Whereabouts | None:
    unit, authority, closes_at = application.organisation, application.authority, application.call.closes_at
    due = application.correction_due
    if application.state == A.SUBMITTED:
        return Whereabouts(_("Check the materials"), authority, application.answer_due or clock.TO_COME)
    if application.state == A.RETURNED and due and clock.now() >= clock.end_of_day(due):
        return Whereabouts(_("Decide on the lapsed correction"), authority)
    if application.state == A.RETURNED:
        return Whereabouts(_("Correct what the notice lists"), unit, due or clock.TO_COME)
    if application.state == A.DECLINED:
        return None
    if clock.now() >= closes_at:
        return Whereabouts(_("The window has closed; it was not handed in"))
    return Whereabouts(_("Complete and hand in"), unit, closes_at)


def _of_review(case: Case) -> Whereabouts:
    authority = case.application.authority
    if case.review is None:
        return Whereabouts(_("Put it before the panel of experts"), authority)
    what = {
        R.OPEN: _("Visit the site"),
        R.VISITED: _("Discuss in the panel"),
        R.DISCUSSED: _("Score and sign"),
        R.SCORED: _("Decide the candidate list"),
    }[R(case.review.state)]
    by_experts = case.review.state in (R.DISCUSSED, R.VISITED)
    return Whereabouts(what, _("the panel of experts") if by_experts else authority)


def _of_candidate(case: Case, candidate: Candidate) -> Whereabouts | None:
    cycle, authority = case.application.call.cycle, case.application.authority
    if candidate.state == C.BLOCKED or _is_over(case):
        return None
    if candidate.list.state != CandidateList.State.APPROVED:
        return Whereabouts(_("Decide the candidate list"), authority)
    return {
        C.RANKED: Whereabouts(_("The candidate list is posted"), authority),
        C.LISTED: Whereabouts(_("Post the candidates"), authority),
        C.POSTED: Whereabouts(_("Publicity"), authority, case.application.last_day),
        C.CLEARED: Whereabouts(_("Report to the city"), authority, cycle.report_deadline),
        C.REPORTED: Whereabouts(_("Announce the result"), cycle.city),
        C.RECOGNISED: Whereabouts(_("Enter the carrier in the register"), cycle.city),
    }[C(candidate.state)]


def _of_carrier(case: Case, carrier: Carrier) -> Whereabouts | None:
    unit, authority = case.application.organisation, case.application.authority
    due = {"rectifying": case.application.rectify_by, "revoking": case.application.defend_by}
    until = due.get(carrier.state)
    if carrier.state == Carrier.State.REVOKED:
        return None
    if carrier.state == Carrier.State.ACTIVE:
        return Whereabouts(_("Train, and report each year's training"), unit)
    if carrier.state == Carrier.State.RECTIFYING and until:
        return Whereabouts(_("Put right what the notice to correct lists"), unit, until)
    if carrier.state == Carrier.State.RECTIFYING:
        return Whereabouts(_("Check what was put right"), authority)
    if until and clock.now() < clock.end_of_day(until):
        return Whereabouts(_("Statement and defence"), unit, until)
    return Whereabouts(_("Decide on the revocation"), authority.city)


def entries_for(user: User) -> EntryQuerySet:
    """The ledger as an auditor reads it: their own city's, which is all where there is but one."""
    if Authority.objects.filter(level=Authority.Level.CITY).count() < 2:
        return Entry.objects.all()
    return Entry.objects.within(user.city_ids())
