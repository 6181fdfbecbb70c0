"""Reads of the register: training year by year, how long it lies back, and earlier revocations."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from zaiti import clock
from zaiti.accounts.models import Organisation, User
from zaiti.carriers.models import Carrier, Rectification, TrainingYear

YEAR = 12


class YearRow(NamedTuple):
    """One year of a carrier; without data nothing is known, which is not the same as no training."""

    year: int
    data: TrainingYear | None


def owners(carrier: Carrier) -> QuerySet[User]:
    """Who answers for the carrier's unit."""
    return User.objects.filter(organisation=carrier.organisation, org_role=User.OrgRole.OWNER, is_active=True)


def training_years(carrier: Carrier) -> list[YearRow]:
    """Every year since recognition, the latest first."""
    kept = {row.year: row for row in carrier.training_years.select_related("reported_by", "verified_by")}
    return [YearRow(year, kept.get(year)) for year in range(clock.today().year, carrier.year - 1, -1)]


def followed() -> QuerySet[Carrier]:
    """Carriers that the clock follows, with what it counts by."""
    live = Carrier.objects.filter(state__in=(Carrier.State.ACTIVE, Carrier.State.RECTIFYING))
    related = ("candidate__cycle", "authority__city", "organisation")
    return live.select_related(*related).prefetch_related("training_years")


def counted_from(carrier: Carrier, years: Iterable[TrainingYear] | None = None) -> date:
    """The day months without training are counted from: last verified training, else recognition."""
    rows = carrier.training_years.all() if years is None else years
    held = [row for row in rows if row.verified_at and row.sessions]
    # A year without a day counts to its end, in the carrier's favour.
    days = [row.last_training_on or min(date(row.year, 12, 31), clock.today()) for row in held]
    return max([carrier.recognised_on, *days])


def months_since(day: date) -> int:
    """Whole months from a day until today."""
    today = clock.today()
    return (today.year - day.year) * YEAR + today.month - day.month - (today.day < day.day)


def follow_up_policy(carrier: Carrier) -> dict[str, Any]:
    """The follow-up rules of the year it was recognised in."""
    rules: dict[str, Any] = carrier.candidate.cycle.policy["followup"]
    return rules


def ground_text(carrier: Carrier, ground: str) -> str:
    """A revocation's ground in the notice's own words [N2 五]."""
    texts: dict[str, str] = {row["code"]: row["text"] for row in follow_up_policy(carrier)["grounds"]}
    return texts[ground]


def revoked_before(organisation: Organisation) -> QuerySet[Carrier]:
    """Carriers of this unit whose recognition was taken back: a new application is for a person to weigh."""
    return Carrier.objects.filter(organisation=organisation, state=Carrier.State.REVOKED).order_by(
        "-revoked_on"
    )


def was_revoked(organisation: str) -> Exists:
    """The same as a test within another query, of the unit at this path."""
    revoked = Carrier.objects.filter(organisation=OuterRef(organisation), state=Carrier.State.REVOKED)
    return Exists(revoked)


def open_rectification(carrier: Carrier) -> Rectification | None:
    """The notice to correct that is not concluded yet."""
    return carrier.rectifications.filter(state__in=Rectification.OPEN).select_related("paper__pdf").first()
