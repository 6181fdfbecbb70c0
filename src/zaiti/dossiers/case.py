"""Gather one case, from application to carrier, in three queries however long its story."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import F, Model, OuterRef, QuerySet, Subquery

from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.carriers.models import Carrier, Rectification, Revocation
from zaiti.ledger.deeds import DEEDS
from zaiti.ledger.models import Entry
from zaiti.panels.models import Review, ScoreSheet
from zaiti.papers.models import Paper
from zaiti.publicity.models import Objection, Posted, Posting
from zaiti.ranking.models import Candidate
from zaiti.results.models import Announcement, Report

LOADED = (
    "call__authority__city",
    "call__cycle__city",
    "carrier_type",
    "answers__form",
    "organisation",
    "ruling",
    "review__panel",
    "review__candidate__list",
    "review__candidate__carrier",
)
COLUMNS = ("id", "at", "actor", "verb", "thing_type", "facts", "by__organisation")


@dataclass(frozen=True)
class Case:
    """One application and all that came of it."""

    application: Any  # an Application with the days annotated below
    review: Review | None
    candidate: Candidate | None
    carrier: Carrier | None
    entries: list[dict[str, Any]] = field(repr=False)


def gather(application: Application) -> Case:
    """Load a case: one query for its things, unless `things()` has loaded them, and one for its deeds."""
    row = application if "last_day" in vars(application) else things().get(pk=application.pk)
    review = getattr(row, "review", None)
    candidate = getattr(review, "candidate", None)
    carrier = getattr(candidate, "carrier", None)
    return Case(row, review, candidate, carrier, list(_entries(application)))


def papers_of(case: Case, user: User) -> QuerySet[Paper]:
    """The case's papers that this person may read."""
    first, *others = _paper_keys(case)
    keys = first.union(*others, all=True)
    return Paper.objects.visible_to(user).filter(pk__in=keys).select_related("pdf").order_by("made_at", "id")


def _paper_keys(case: Case) -> Iterator[QuerySet[Any, Any]]:
    for model, path in hanging():
        for column in _paper_columns(model):
            rows = model._base_manager.filter(**{path: case.application.pk, f"{column}__isnull": False})
            yield rows.order_by().values(column)
    if case.carrier:
        of_year = Announcement.objects.filter(cycle=case.application.call.cycle_id, paper__isnull=False)
        yield of_year.order_by().values("paper")


def hanging() -> list[tuple[type[Model], str]]:
    """The kinds of things that make up a case, each with how it hangs on its application."""
    return [(model, model.TO_APPLICATION) for model in apps.get_models() if hasattr(model, "TO_APPLICATION")]


def _paper_columns(model: type[Model]) -> list[str]:
    return [column.name for column in model._meta.fields if column.related_model is Paper]


def things(rows: QuerySet[Application] | None = None) -> QuerySet[Application]:
    """Applications, or these of them, with all that steps and whereabouts ask of them."""
    posted = Posted.objects.filter(candidate__review__application=OuterRef("pk"))
    current = posted.exclude(posting__state=Posting.State.REPLACED).order_by("-posting__posted_at")
    of_carrier = {"carrier__candidate__review__application": OuterRef("pk")}
    told = Rectification.objects.filter(state=Rectification.State.ISSUED, **of_carrier)
    intended = Revocation.objects.filter(state=Revocation.State.INTENDED, **of_carrier)
    rows = Application.objects.all() if rows is None else rows
    return rows.select_related(*LOADED).annotate(
        last_day=Subquery(current.values("last_day")[:1]),
        rectify_by=Subquery(told.values("due")[:1]),
        defend_by=Subquery(intended.values("defence_due")[:1]),
        **_days(),
    )


def _days() -> dict[str, Subquery]:
    """When each stage was over, as its own rows say."""
    here = OuterRef("pk")
    signed = ScoreSheet.objects.filter(review__application=here, state=ScoreSheet.State.SIGNED)
    posted = Posting.objects.filter(candidates__review__application=here, closed_at__isnull=False)
    held_up = Objection.objects.filter(received_at__lt=F("posting__closed_at"), decided_at__isnull=False)
    sent = Report.objects.filter(candidates__review__application=here, sent_at__isnull=False)
    return {
        "scored_at": _last(signed, "signed_at"),
        "ended_at": _last(posted, "closed_at"),
        "answered_at": _last(held_up.filter(candidate__review__application=here), "decided_at"),
        "reported_at": _last(sent, "sent_at"),
    }


def _last(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.order_by(f"-{column}").values(column)[:1])


def _entries(application: Application) -> QuerySet[Entry, dict[str, Any]]:
    arms = list(_arms(application))
    return arms[0].union(*arms[1:], all=True).order_by("id")


def _arms(application: Application) -> Iterator[QuerySet[Entry, dict[str, Any]]]:
    for model, path in hanging():
        kind = model._meta.label_lower
        if any(deed.told for deed in DEEDS.get(kind, {}).values()):
            keys = model._base_manager.filter(**{path: application.pk}).values("pk")
            yield Entry.objects.filter(thing_type=kind, thing_id__in=keys).order_by().values(*COLUMNS)
