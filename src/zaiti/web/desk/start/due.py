"""What a district owes, by the posts one holds there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Post
from zaiti.notices.models import Call
from zaiti.results.models import Report
from zaiti.web.desk.plan.progress import Progress


@dataclass(frozen=True)
class Due:
    """One thing to do: how many, what, where, for whom and by when."""

    count: int
    what: str
    url: str
    where: str = ""
    until: clock.Due | None = None
    overdue: bool = False

    @property
    def late(self) -> bool:
        """Tell whether its time is over."""
        return self.overdue or self.last_day < clock.today()

    @property
    def today(self) -> bool:
        """Tell whether it is due today."""
        return self.last_day == clock.today()

    @property
    def last_day(self) -> date:
        """The day it is due; what has no term comes last."""
        if isinstance(self.until, datetime):
            return timezone.localtime(self.until).date()
        return self.until if isinstance(self.until, date) else date.max


def district_dues(progress: Progress, roles: set[str], user_pk: int) -> Iterator[Due]:
    """All that this district owes and one's posts there let one do."""
    if Post.Role.OFFICER in roles:
        yield from _to_acknowledge(progress)
        yield from _to_call(progress)
        yield from _to_screen(progress)
        yield from _to_review(progress)
        yield from _to_post_and_report(progress)
    if Post.Role.APPROVER in roles:
        yield from _to_approve(progress, user_pk)
    if roles:
        yield from _to_watch(progress)


def _due(progress: Progress, count: Any, what: str, url: str, until: Any = None) -> Iterator[Due]:
    if count:
        where = f"{progress.authority.district} · {progress.cycle.year}"
        yield Due(int(count), what, url, where, until)


def _term(earliest: date | None) -> clock.Due:
    """The earliest day of a term that each of them has; without one, it is still to be computed."""
    return earliest or clock.TO_COME


def _to_acknowledge(at: Progress) -> Iterator[Due]:
    here = reverse("desk:city_notice", args=[at.cycle.pk])
    yield from _due(at, at.to_acknowledge and 1, _("Acknowledge the notice"), here)


def _to_call(at: Progress) -> Iterator[Due]:
    until = at.cycle.call_deadline
    if at.call_pk is None:
        begin = reverse("desk:call_new", args=[at.cycle.pk, at.authority.pk])
        yield from _due(at, 1, _("Prepare the call"), begin, until)
    elif at.call_state == Call.State.DRAFT:
        yield from _due(at, 1, _("Finish the call's draft"), reverse("desk:call", args=[at.call_pk]), until)


def _to_screen(at: Progress) -> Iterator[Due]:
    yield from _due(
        at, at.waiting, _("Applications to check"), reverse("desk:screening_next"), _term(at.answer_due)
    )


def _to_review(at: Progress) -> Iterator[Due]:
    if at.window_is_over:
        left = at.accepted - at.scored
        yield from _due(at, left, _("Accepted applications not yet reviewed"), reverse("desk:panels"))
    yield from _due(at, at.to_decide, _("Rankings waiting for the meeting"), reverse("desk:ranking"))


def _to_post_and_report(at: Progress) -> Iterator[Due]:
    yield from _due(at, at.to_post, _("Candidates to post"), reverse("desk:publicity"))
    handling = at.objections - at.proposed
    yield from _due(
        at, handling, _("Objections to look into"), reverse("desk:publicity"), _term(at.objection_due)
    )
    if at.cleared and at.report_state != Report.State.PREPARED:
        yield from _due(
            at, 1, _("Report the candidates to the city"), reverse("desk:results"), at.cycle.report_deadline
        )


def _to_approve(at: Progress, user_pk: int) -> Iterator[Due]:
    if at.call_state == Call.State.PREPARED and at.call_prepared_by != user_pk:
        approve = reverse("desk:call", args=[at.call_pk])
        yield from _due(at, 1, _("Call waiting for your approval"), approve, at.cycle.call_deadline)
    if at.amendment_pk and at.amendment_prepared_by != user_pk:
        change = reverse("desk:amendment", args=[at.amendment_pk])
        yield from _due(at, 1, _("Change of a published text waiting for your approval"), change)
    if at.corrected_posting and at.correction_prepared_by != user_pk:
        posting = reverse("desk:posting", args=[at.corrected_posting])
        yield from _due(at, 1, _("Correction of a posting waiting for your approval"), posting)
    yield from _due(
        at, at.to_approve, _("Candidate lists waiting for your approval"), reverse("desk:ranking")
    )
    answers = _("Objection answers waiting for your approval")
    yield from _due(at, at.proposed, answers, reverse("desk:publicity"), _term(at.objection_due))
    report = _("Reports waiting for your approval")
    yield from _due(at, at.reports_prepared, report, reverse("desk:results"), at.cycle.report_deadline)


def _to_watch(at: Progress) -> Iterator[Due]:
    yield from _due(at, at.open_postings, _("Postings under way"), reverse("desk:publicity"), at.posted_until)
