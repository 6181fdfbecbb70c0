"""Where each district stands in a year, read in few queries over the rooms above the plan."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.applications.models import Application
from zaiti.notices.models import Acknowledgement, Amendment, Call, CityNotice
from zaiti.panels.models import Review
from zaiti.programmes.models import Cycle, Nudge, Quota
from zaiti.publicity.models import Objection, Posting, PostingCorrection
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.results.models import Report
from zaiti.web.desk.plan.marks import Mark, marks_of

SENT = (Report.State.SENT, Report.State.ACCEPTED)
GONE = (Application.State.DRAFT, Application.State.WITHDRAWN)


@dataclass(frozen=True)
class Progress:
    """One district in one year, with the counts of every room above."""

    cycle: Cycle
    authority: Authority
    facts: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.facts[name]
        except KeyError:
            raise AttributeError(name) from None

    @cached_property
    def marks(self) -> list[Mark]:
        """The six steps of the dashboard."""
        return marks_of(self)

    @property
    def late(self) -> list[Mark]:
        """The steps that are late."""
        return [mark for mark in self.marks if mark.late]

    @property
    def reminder(self) -> str:
        """What a one-click reminder tells the district, in official Chinese."""
        return "".join(mark.reminder for mark in self.late) or f"请按进度做好{self.cycle.name}各项工作。"

    @property
    def is_called(self) -> bool:
        """Tell whether the call is out."""
        return bool(self.call_state == Call.State.PUBLISHED)

    @property
    def window_is_over(self) -> bool:
        """Tell whether the call is out and takes no more applications."""
        return self.is_called and bool(self.closes_at <= clock.now())

    @property
    def has_nothing(self) -> bool:
        """Tell whether the window closed without an application that counts."""
        return self.window_is_over and self.applied == 0


def district_progress(
    cycles: QuerySet[Cycle], authorities: QuerySet[Authority] | list[int] | None = None
) -> list[Progress]:
    """Read every district of these years, as many queries whatever their number."""
    rows = Cycle.districts.through.objects.filter(cycle__in=cycles)
    if authorities is not None:
        rows = rows.filter(authority__in=authorities)
    names = [*_COUNTS, *_FIRSTS]
    many = _many(cycles, authorities)
    read = rows.annotate(**{name: make() for name, make in (_COUNTS | _FIRSTS).items()})
    ordered = read.select_related("cycle__city", "authority").order_by("-cycle__year", "authority_id")
    return [
        Progress(
            r.cycle,
            r.authority,
            {name: getattr(r, name) for name in names} | many[r.cycle_id, r.authority_id],
        )
        for r in ordered
    ]


def _many(cycles: QuerySet[Cycle], authorities: Any) -> dict[tuple[int, int], dict[str, Any]]:
    """The counts of what there may be many of, each room's in one reading."""
    found: dict[tuple[int, int], dict[str, Any]] = defaultdict(lambda: dict(NOTHING))
    for rows, at, counts in (
        (Application.objects.all(), "call__", _of_applications()),
        (Review.objects.all(), "panel__", _OF_REVIEWS),
        (Candidate.objects.all(), "", _OF_CANDIDATES),
    ):
        within = rows.filter(**{f"{at}cycle__in": cycles}).order_by()
        if authorities is not None:
            within = within.filter(**{f"{at}authority__in": authorities})
        for row in within.values(f"{at}cycle", f"{at}authority").annotate(**counts):
            found[row.pop(f"{at}cycle"), row.pop(f"{at}authority")] |= row
    return found


def _in(*states: str) -> Count:
    return Count("pk", filter=Q(state__in=states))


def _of_applications() -> dict[str, Any]:
    State = Application.State
    waiting = Q(state=State.SUBMITTED)
    return {
        "applied": Count("pk", filter=~Q(state__in=GONE)),
        "waiting": Count("pk", filter=waiting),
        "overdue": Count("pk", filter=waiting & Q(answer_due__lt=clock.today())),
        "returned": _in(State.RETURNED),
        "accepted": _in(State.ACCEPTED),
        "answer_due": Min("answer_due", filter=waiting),
    }


def _rows(rows: QuerySet[Any], at: str = "") -> QuerySet[Any]:
    return rows.filter(
        **{f"{at}cycle": OuterRef("cycle_id"), f"{at}authority": OuterRef("authority_id")}
    ).order_by()


def _count(rows: QuerySet[Any], at: str = "") -> Any:
    return Coalesce(_of_all(rows, Count("pk"), at), 0)


def _of_all(rows: QuerySet[Any], what: Any, at: str = "") -> Any:
    return Subquery(_rows(rows, at).values(f"{at}cycle").annotate(n=what).values("n"))


def _first(rows: QuerySet[Any], field: str) -> Any:
    return Subquery(_rows(rows).order_by("-pk").values(field)[:1])


def _first_amendment(field: str) -> Any:
    rows = Amendment.objects.filter(state=Amendment.State.PREPARED)
    of_it = {"publication__cycle": OuterRef("cycle_id"), "publication__authority": OuterRef("authority_id")}
    return Subquery(rows.filter(**of_it).order_by("pk").values(field)[:1])


def _first_correction(field: str) -> Any:
    rows = PostingCorrection.objects.filter(state=PostingCorrection.State.PREPARED)
    of_it = {"posting__cycle": OuterRef("cycle_id"), "posting__authority": OuterRef("authority_id")}
    return Subquery(rows.filter(**of_it).order_by("pk").values(field)[:1])


def _to_acknowledge() -> Any:
    """The city's notice on the year, until this district has acknowledged it."""
    out = CityNotice.objects.filter(state=CityNotice.State.PUBLISHED, cycle=OuterRef("cycle_id"))
    said = Acknowledgement.objects.filter(notice=OuterRef("pk"), authority=OuterRef(OuterRef("authority_id")))
    return Subquery(out.filter(~Exists(said)).values("pk")[:1])


_OF_REVIEWS: dict[str, Any] = {"reviews": Count("pk"), "scored": _in(Review.State.SCORED)}
_OF_CANDIDATES: dict[str, Any] = {
    "placed": _in(*Candidate.PLACED),
    "to_post": _in(Candidate.State.LISTED),
    "cleared": _in(Candidate.State.CLEARED),
}
NOTHING = dict.fromkeys(
    ["applied", "waiting", "overdue", "returned", "accepted", *_OF_REVIEWS, *_OF_CANDIDATES], 0
) | {"answer_due": None}
_open_objections = Objection.objects.filter(state__in=Objection.OPEN)
_COUNTS: dict[str, Any] = {
    "to_decide": lambda: _count(CandidateList.objects.filter(state=CandidateList.State.RANKED)),
    "to_approve": lambda: _count(CandidateList.objects.filter(state=CandidateList.State.DECIDED)),
    "lists": lambda: _count(CandidateList.objects.filter(state=CandidateList.State.APPROVED)),
    "postings": lambda: _count(Posting.objects.all()),
    "open_postings": lambda: _count(Posting.objects.filter(state=Posting.State.OPEN)),
    "objections": lambda: _count(_open_objections, "posting__"),
    "proposed": lambda: _count(_open_objections.filter(state=Objection.State.PROPOSED), "posting__"),
    "places": lambda: Coalesce(_of_all(Quota.objects.all(), Sum("places")), 0),
    "reports_prepared": lambda: _count(Report.objects.filter(state=Report.State.PREPARED)),
    "reports_sent": lambda: _count(Report.objects.filter(state__in=SENT)),
}
_FIRSTS: dict[str, Any] = {
    "call_pk": lambda: _first(Call.objects.all(), "pk"),
    "call_state": lambda: _first(Call.objects.all(), "state"),
    "call_prepared_by": lambda: _first(Call.objects.all(), "prepared_by"),
    "amendment_pk": lambda: _first_amendment("pk"),
    "amendment_prepared_by": lambda: _first_amendment("prepared_by"),
    "corrected_posting": lambda: _first_correction("posting"),
    "correction_prepared_by": lambda: _first_correction("prepared_by"),
    "opens_at": lambda: _first(Call.objects.all(), "opens_at"),
    "closes_at": lambda: _first(Call.objects.all(), "closes_at"),
    "called_at": lambda: _first(Call.objects.all(), "published_at"),
    "posted_until": lambda: _of_all(Posting.objects.filter(state=Posting.State.OPEN), Max("last_day")),
    "objection_due": lambda: _of_all(_open_objections, Min("due"), "posting__"),
    "report_state": lambda: _first(Report.objects.all(), "state"),
    "sent_at": lambda: _first(Report.objects.all(), "sent_at"),
    "to_acknowledge": _to_acknowledge,
    "nudged_at": lambda: _first(Nudge.objects.all(), "at"),
}
