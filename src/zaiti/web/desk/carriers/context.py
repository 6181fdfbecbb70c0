"""What the page of one carrier shows, and what may be done there."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.accounts.naming import former_words
from zaiti.carriers.models import Carrier, InactivityCheck, Rectification, Revocation
from zaiti.carriers.queries import counted_from, months_since, training_years
from zaiti.carriers.rules import may_follow_up, may_intend
from zaiti.core.alongside import row_of
from zaiti.countersigned.rules import may_send_back
from zaiti.dossiers.case import things
from zaiti.dossiers.queries import story
from zaiti.web.desk.carriers.forms import ConclusionForm
from zaiti.web.desk.countersigned import signing
from zaiti.web.desk.reasons import ReasonForm
from zaiti.web.ui.pages import Request

LOADED = ("organisation", "carrier_type", "authority__city", "candidate__cycle")
WITHIN = "review__candidate__carrier"
CHECK = ("id", "since", "months", "to_settle", "opened_at", "settled_at", "conclusion")


def find_case(request: Request, pk: int) -> Carrier:
    """The same with its whole case, for its page."""
    mine = Carrier.objects.manageable_by(request.user)
    checks = InactivityCheck.objects.filter(carrier=OuterRef(WITHIN))
    kept = ArraySubquery(checks.values(kept=JSONObject(**{name: name for name in CHECK})))
    cases = things().select_related(*(f"{WITHIN}__{name}" for name in LOADED)).annotate(checks=kept)
    application = get_object_or_404(cases.filter(**{f"{WITHIN}__in": mine}), **{WITHIN: pk})
    carrier: Carrier = application.review.candidate.carrier
    return carrier


def find(request: Request, pk: int) -> Carrier:
    """One of the carriers this person follows up."""
    rows = Carrier.objects.manageable_by(request.user).select_related(*LOADED)
    return get_object_or_404(rows, pk=pk)


def board(carrier: Carrier, user: User) -> dict[str, Any]:
    """All that the page shows."""
    file = JSONObject(pk="evidence__pk", name="evidence__name")
    files = ArrayAgg(file, filter=Q(evidence__isnull=False), default=[])
    told = list(carrier.rectifications.annotate(files=files))
    revocations = list(carrier.revocations.select_related("approved_by", "publication"))
    checks = [row_of(InactivityCheck, row) for row in carrier.candidate.review.application.checks]  # type: ignore[attr-defined]  # annotated above
    years = training_years(carrier)
    return {
        "title": carrier.organisation.name,
        "carrier": carrier,
        "facts": _facts(carrier),
        "years": years,
        "counted": _counted(carrier, [row.data for row in years if row.data]),
        "told": told,
        "revocations": revocations,
        "checks": checks,
        **_may(carrier, user, told, revocations, checks),
        **story(carrier.candidate.review.application, user)._asdict(),
    }


def _may(
    carrier: Carrier,
    user: User,
    told: Sequence[Rectification],
    revocations: Sequence[Revocation],
    checks: Sequence[InactivityCheck],
) -> dict[str, Any]:
    follow, intend = may_follow_up(user, carrier), may_intend(user, carrier)
    open_told = next((row for row in told if row.state in Rectification.OPEN), None)
    running = next((row for row in revocations if row.state not in ("decided", "dropped")), None)
    return {
        "may_verify": follow,
        "may_tell": follow and carrier.can("tell_to_correct") and open_told is None,
        "may_intend": intend and carrier.can("intend_revocation"),
        "open_told": open_told if follow else None,
        "may_settle": bool(follow and open_told and open_told.can("settle")),
        "may_fail": bool(follow and open_told and _has_failed(open_told)),
        "to_settle": [row for row in checks if row.to_settle and not row.settled_at] if follow else [],
        "conclusion_form": ConclusionForm(),
        "reason_form": ReasonForm(),
        "running": running,
        **(_may_with(running, user, intend=intend) if running else {}),
    }


def _may_with(running: Revocation, user: User, *, intend: bool) -> dict[str, bool]:
    defended = running.defended_at is not None or clock.now() >= clock.end_of_day(running.defence_due)
    return {
        "may_prepare": intend and running.can("prepare") and defended,
        **signing(running, user),
        "may_drop": (intend or may_send_back(user, running)) and running.can("drop"),
    }


def _has_failed(told: Rectification) -> bool:
    return told.state == Rectification.State.ANSWERED or clock.today() > told.due


def _counted(carrier: Carrier, rows: list[Any]) -> dict[str, Any]:
    """Since when no training is known, from the rows at hand."""
    since = counted_from(carrier, rows)
    return {"since": since, "months": max(months_since(since), 0)}


def _facts(carrier: Carrier) -> list[tuple[str, object]]:
    application, former = carrier.candidate.review.application, former_words(carrier.organisation)
    return [
        (_("Name of the carrier"), carrier.name),
        *([(_("Former names"), former)] if former else []),
        (_("Unified social credit code"), carrier.organisation.uscc),
        (_("Carrier type"), carrier.carrier_type.name),
        (_("District"), carrier.authority.district),
        (_("Year of recognition"), carrier.year),
        (_("Recognised on"), carrier.recognised_on.isoformat()),
        (_("Training site"), application.training_address),
        (_("Contact"), application.answer("contact_name") or ""),
    ]
