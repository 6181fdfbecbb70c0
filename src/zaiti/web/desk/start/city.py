"""What the city owes, by the posts one holds there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Post, User
from zaiti.carriers.models import InactivityCheck, Rectification, Revocation
from zaiti.programmes.models import Cycle
from zaiti.results.models import Announcement, Report
from zaiti.studio.models import Abandonment, YearDraft
from zaiti.web.desk.plan.progress import Progress
from zaiti.web.desk.start.due import Due

Source = tuple[str, QuerySet[Any], str, Any]  # what it is, its rows, what its address counts by, its name


def city_dues(user: User, roles: set[str], rows: Iterable[Progress]) -> Iterator[Due]:
    """All that the city owes and one's posts there let one do."""
    if Post.Role.OFFICER in roles:
        yield from _holidays()
        yield from _late(rows)
        yield from _plans(rows)
    yield from _to_sign_or_mend(user, roles)


def follow_up_dues(user: User) -> Iterator[Due]:
    """Carriers that want looking after, for the bureaus one serves."""
    served = Q(carrier__authority__in=user.authority_ids()) | Q(
        carrier__authority__city__in=user.authority_ids()
    )
    answered = Rectification.objects.filter(served, state=Rectification.State.ANSWERED).count()
    yield from _some(answered, _("Rectifications to check"), reverse("desk:carriers"))
    idle = InactivityCheck.objects.filter(served, to_settle=True, settled_at=None).count()
    yield from _some(idle, _("Carriers without training to look into"), reverse("desk:carriers"))


def _some(count: int, what: str, url: str) -> Iterator[Due]:
    if count:
        yield Due(count, what, url)


def _holidays() -> Iterator[Due]:
    """A year that terms will soon reach, and whose holidays are not in force."""
    if year := clock.missing_year():
        what = _("Enter and confirm the holidays of %(year)s") % {"year": year}
        yield Due(1, what, reverse("desk:calendar_year", args=[year]), until=date(year - 1, 12, 31))


def _late(rows: Iterable[Progress]) -> Iterator[Due]:
    late: dict[Cycle, list[Progress]] = {}
    for row in rows:
        if row.late:
            late.setdefault(row.cycle, []).append(row)
    for cycle, districts in late.items():
        url = reverse("desk:plan_year", args=[cycle.pk])
        missed = [mark.due for row in districts for mark in row.late if mark.due]
        yield Due(
            len(districts), _("Districts that are late"), url, cycle.name, min(missed, default=None), True
        )


def _plans(rows: Iterable[Progress]) -> Iterator[Due]:
    given: dict[Cycle, int] = {}
    for row in rows:
        given[row.cycle] = given.get(row.cycle, 0) + row.places
    for cycle, places in given.items():
        if not places:
            url = reverse("desk:plan_quotas", args=[cycle.pk])
            yield Due(1, _("Fill in the quota table"), url, cycle.name, cycle.call_deadline)


def _to_sign_or_mend(user: User, roles: set[str]) -> Iterator[Due]:
    """All that waits for this person's word, or was sent back to their bureau's officers, in one question."""
    rows = list(_waiting(user, roles))
    counted = Counter(kind for kind, *_rest in rows)
    many = {
        "report": (_("District reports to accept or send back"), "desk:results"),
        "announcement": (_("Announcements waiting for your approval"), "desk:results"),
        "revocation": (_("Revocations waiting for your approval"), "desk:carriers"),
    }
    for kind, (what, where) in many.items():
        yield from _some(counted[kind], what, reverse(where))
    said = {
        "draft": (_("Year waiting to be opened"), "desk:year_draft"),
        "correction": (_("Corrected form waiting for your approval"), "desk:year_draft"),
        "draft_back": (_("Year sent back to you"), "desk:year_draft"),
        "correction_back": (_("Corrected form sent back to you"), "desk:year_draft"),
        "abandonment": (_("Year to be abandoned, waiting for your word"), "desk:plan_year"),
    }
    for kind, key, name in rows:
        if kind in said:
            what, where = said[kind]
            yield Due(1, what, reverse(where, args=[key]), name)


def _waiting(user: User, roles: set[str]) -> Iterable[tuple[str, int, str]]:
    """What each is, what its address counts by, and its name."""
    sources = [*_to_approve(user)] if Post.Role.APPROVER in roles else []
    if Post.Role.OFFICER in roles:
        sources += _years(user, "_back", state="sent_back")
    if Post.Role.REVIEWER in roles:
        sent = Report.objects.filter(state=Report.State.SENT, cycle__city__in=user.authority_ids())
        sources.append(("report", sent, "pk", Value("")))
    if not sources:
        return []
    first, *rest = (
        rows.order_by().values_list(Value(kind, CharField()), key, Cast(name, CharField()))
        for kind, rows, key, name in sources
    )
    return first.union(*rest, all=True)


def _to_approve(user: User) -> Iterator[Source]:
    own = user.authority_ids()
    announcements = Announcement.objects.filter(cycle__city__in=own)
    others: list[Source] = [
        ("announcement", announcements, "pk", Value("")),
        ("revocation", Revocation.objects.all(), "pk", Value("")),
        *_years(user, state="prepared"),
        ("abandonment", Abandonment.objects.visible_to(user), "cycle", F("cycle__name")),
    ]
    for kind, rows, key, name in others:
        yield kind, rows.filter(state="prepared").exclude(prepared_by=user), key, name


def _years(user: User, suffix: str = "", *, state: str) -> Iterator[Source]:
    """Years in preparation, and corrections of forms."""
    rows = YearDraft.objects.visible_to(user).filter(state=state)
    yield f"draft{suffix}", rows.filter(corrects=None), "pk", Cast("year", CharField())
    yield f"correction{suffix}", rows.exclude(corrects=None), "pk", F("origin")
