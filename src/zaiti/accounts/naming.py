"""A unit's names: taking a new one, and what to say of one that was published under an earlier one."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from zaiti import clock
from zaiti.accounts.models import FormerName, Organisation, User
from zaiti.ledger.chain import record


def turn_of(organisation: Organisation) -> str:
    """The turn of whoever hands in for a unit or changes its name."""
    return f"unit {organisation.pk}"


@transaction.atomic
def take_name(organisation: Organisation, name: str, *, by: User, reason: str = "") -> None:
    """Give a unit its new name and keep the old one, with the day; who may, the caller has asked."""
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update(no_key=True))
    former, organisation.name = organisation.name, name.strip()
    if organisation.name == former:
        return
    organisation.save(update_fields=["name"])
    organisation.former_names.create(name=former, until=clock.now(), reason=reason, by=by)
    record("rename", organisation, by=by, before=former, after=organisation.name, reason=reason)


def renamed_on(organisation: Organisation, then: str) -> date | None:
    """The day a unit gave up this name, if it bears another now; reads what was prefetched."""
    kept: list[FormerName] = list(organisation.former_names.all())
    left = [row.until for row in kept if row.name == then]
    return timezone.localtime(max(left)).date() if left and organisation.name != then else None


def with_former(organisation: Organisation, then: str, called: str) -> str:
    """For an official text: the name now and, if it was another then, that one with the day it changed."""
    if not then or organisation.name == then:
        return organisation.name
    day = renamed_on(organisation, then)
    return f"{organisation.name}（{called}：{then}{f'，{day:%Y-%m-%d} 更名' if day else ''}）"


def former_words(organisation: Organisation) -> str:
    """The names it bore before, each with its last day; nothing for who was never renamed."""
    rows = organisation.former_names.all()
    return "、".join(f"{row.name}（至 {timezone.localtime(row.until):%Y-%m-%d}）" for row in rows)
