"""Terms and the holiday table: what waits for a year to be entered, and what a change of it touches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.dossiers.story import Say
from zaiti.publicity.models import Objection, Posting
from zaiti.publicity.queries import answer_day
from zaiti.screening.models import Correction


@dataclass(frozen=True)
class Affected:
    """A deadline that was given, and the day that the table of today would give."""

    what: Say
    about: str
    url: str
    given: date
    counted: date | None


def unanswered() -> QuerySet[Application]:
    """Applications whose answer has no day yet."""
    return Application.objects.filter(state=Application.State.SUBMITTED, answer_due=None).order_by("pk")


def uncorrected() -> QuerySet[Correction]:
    """Corrections whose last day is not known yet."""
    waiting = Correction.objects.filter(application__state=Application.State.RETURNED)
    return waiting.filter(answered_at=None, due=None).order_by("pk")


def unsettled() -> QuerySet[Objection]:
    """Objections whose answer has no day yet."""
    return Objection.objects.filter(state__in=Objection.OPEN, due=None).order_by("pk")


def waiting() -> int:
    """How many terms wait for the holiday table."""
    answers, *others = (rows.order_by().values("pk") for rows in (unanswered(), uncorrected(), unsettled()))
    return answers.union(*others, all=True).count()


def affected(user: User) -> list[Affected]:
    """Open deadlines, of those this person may see, that today's table would put on another day."""
    found = [*_answers(user), *_objections(user), *_postings(user), *_corrections(user)]
    return [row for row in found if row.given != row.counted]


def _answers(user: User) -> Iterator[Affected]:
    rows = Application.objects.visible_to(user).filter(state=Application.State.SUBMITTED)
    rows = rows.exclude(answer_due=None).exclude(organisation=user.organisation_id)
    rows = rows.annotate(arrived=Max("submissions__arrived_at"))
    for row in rows.select_related("organisation", "call__cycle"):
        given, arrived = row.answer_due, row.arrived  # type: ignore[attr-defined]  # annotated above
        if given and arrived:
            counted = clock.term(localtime(arrived).date(), row.call.cycle.acceptance_days)
            link = reverse("desk:screening_case", args=[row.pk])
            yield Affected(_("Acceptance"), str(row.organisation), link, given, counted)


def _objections(user: User) -> Iterator[Affected]:
    rows = Objection.objects.visible_to(user).filter(state__in=Objection.OPEN).exclude(due=None)
    for row in rows.select_related("posting__cycle"):
        counted = answer_day(row.posting, row.received_at)
        assert row.due  # chosen so above
        link = reverse("desk:objection", args=[row.pk])
        yield Affected(_("Objection"), row.number, link, row.due, counted)


def _postings(user: User) -> Iterator[Affected]:
    rows = Posting.objects.filter(state=Posting.State.OPEN, authority__in=user.authority_ids())
    for row in rows.select_related("authority"):
        counted = clock.term(localtime(row.posted_at).date(), row.days)
        link = reverse("desk:posting", args=[row.pk])
        yield Affected(_("Publicity"), str(row.authority.district), link, row.last_day, counted)


def _corrections(user: User) -> Iterator[Affected]:
    """A correction's day is chosen; it is touched when it would now be too early, or no working day."""
    seen = Application.objects.visible_to(user).filter(state=Application.State.RETURNED)
    rows = Correction.objects.filter(application__in=seen, answered_at=None).exclude(due=None)
    for row in rows.select_related("application__organisation", "application__call__cycle"):
        days = row.application.call.cycle.correction_days
        least = clock.term(localtime(row.issued_at).date(), days)
        assert row.due  # chosen so above
        counted = max(least, row.due) if least else row.due
        link = reverse("desk:screening_case", args=[row.application_id])
        yield Affected(_("Correction"), str(row.application.organisation), link, row.due, counted)
