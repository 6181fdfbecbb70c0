"""Deeds that may tie an expert to what they judge: done as below, then whoever is tied steps back."""

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.db.models import Q

from zaiti.accounts.actions import accept_invitation, edit_organisation
from zaiti.accounts.models import Invitation, Organisation, User
from zaiti.applications.actions import consent_to_renaming, rename_unit
from zaiti.applications.models import Renaming
from zaiti.core import require
from zaiti.drafts.merging import Seen, merge_all
from zaiti.ledger.chain import record
from zaiti.mandates.actions import confirm_mandate, take_over_by_portal
from zaiti.mandates.models import Mandate
from zaiti.panels.actions.pool import PoolEntry, fill_in
from zaiti.panels.models import Expert, Panel, Recusal
from zaiti.panels.rules import may_keep_pool
from zaiti.panels.stepping import open_panels, part


@transaction.atomic
def join_unit(invitation: Invitation, *, by: User, arrived: datetime | None = None) -> None:
    """Join the unit one was invited to, and judge it no longer."""
    accept_invitation(invitation, by=by, arrived=arrived)
    _keep_apart(invitation.organisation)


@transaction.atomic
def edit_unit(unit: Organisation, *, by: User, name: str, seen: Seen | None = None, **fields: object) -> None:
    """Change what is said of a unit, its name too while nothing was handed in."""
    edit_organisation(unit, by=by, seen=seen, **fields)
    if merge_all(unit, {"name": unit.name}, {"name": name}, by=by, seen=seen):
        rename_unit(unit, by=by, name=name)
    _keep_apart(unit)


@transaction.atomic
def consent_to_new_name(renaming: Renaming, *, by: User) -> None:
    """Let a unit bear its new name; an expert may work for one of that name."""
    consent_to_renaming(renaming, by=by)
    _keep_apart(renaming.organisation)


@transaction.atomic
def confirm_person(mandate: Mandate, *, by: User, members_stay: bool = False) -> None:
    """Confirm who acts for a unit; the person may be an expert."""
    confirm_mandate(mandate, by=by, members_stay=members_stay)
    _keep_apart(mandate.organisation)


@transaction.atomic
def take_over_unit(*, by: User, vouched: str) -> Organisation:
    """Take over the unit that the unified sign-in names, and judge it no longer."""
    unit = take_over_by_portal(by=by, vouched=vouched)
    _keep_apart(unit)
    return unit


@transaction.atomic
def part_panel(panel: Panel, *, by: User | None) -> list[Recusal]:
    """Make whoever is tied to what a panel judges step back, however that came about."""
    require(by is None)
    return part(panel, by=by)


@transaction.atomic
def change_expert(expert: Expert, *, by: User, **said: Unpack[PoolEntry]) -> None:
    """Change what the pool says of an expert, as when they go to another employer."""
    require(may_keep_pool(by))
    expert.refresh_from_db(from_queryset=Expert.objects.select_for_update(no_key=True))
    before = {"unit": expert.unit, "types": expert.types}
    fill_in(expert, said)
    expert.save()
    record("change_expert", expert, by=by, before=before, after={"unit": expert.unit, "types": expert.types})
    for panel in open_panels(Q(seats__expert=expert)):
        part(panel, by=None)


def _keep_apart(unit: Organisation) -> None:
    for panel in open_panels(Q(reviews__application__organisation=unit)):
        part(panel, by=None)
