"""A unit's new name: free before anything is handed in, afterwards with the district's consent."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Organisation, Post, User
from zaiti.accounts.naming import take_name, turn_of
from zaiti.accounts.queries import holders
from zaiti.accounts.rules import may_run
from zaiti.applications.models import Renaming
from zaiti.applications.queries import bound_to
from zaiti.applications.rules import may_answer_renaming
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.files.evidence import keep
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.ledger.turns import take_turn
from zaiti.outbox.notify import notify


@transaction.atomic
def rename_unit(organisation: Organisation, *, by: User, name: str) -> None:
    """Take a new name while nothing has been handed in under the old one."""
    require(may_run(by, organisation))
    take_turn(turn_of(organisation))  # nothing is handed in between this look and the commit
    if bound_to(organisation):
        raise Refused(_("Your unit has handed in; to change its name, ask the district with your reason."))
    take_name(organisation, name, by=by)


@transaction.atomic
def ask_to_rename(
    organisation: Organisation, *, by: User, name: str, reason: str, evidence: "Iterable[File[Any]]" = ()
) -> Renaming:
    """Ask the district to consent to a new name; the old one stands until it does."""
    require(may_run(by, organisation))
    take_turn(turn_of(organisation))
    authority = bound_to(organisation)
    if authority is None:
        raise Refused(_("Nothing has been handed in yet: change the name in the unit's data."))
    reason = needed(reason, _("Say why the name changes; the district decides on it."))
    _check(organisation, name)
    renaming = organisation.renamings.create(
        authority=authority,
        former=organisation.name,
        name=name.strip(),
        reason=reason,
        asked_by=by,
        asked_at=clock.now(),
    )
    renaming.evidence.set([keep(file) for file in evidence])
    record("ask_to_rename", renaming, by=by, before=renaming.former, after=renaming.name, reason=reason)
    readers = holders(authority, Post.Role.OFFICER)
    notify(readers, "applications/mail/renaming_asked.txt", about=renaming, renaming=renaming)
    return renaming


@transaction.atomic
def take_back_renaming(renaming: Renaming, *, by: User) -> None:
    """Go on under the old name."""
    require(may_run(by, renaming.organisation))
    move(renaming, "take_back", by=by)


@transaction.atomic
def consent_to_renaming(renaming: Renaming, *, by: User) -> None:
    """Consent: the unit bears its new name from now on; what was published keeps the old one."""
    require(may_answer_renaming(by, renaming))
    move(renaming, "consent", by=by)
    _decided(renaming, by)
    take_name(renaming.organisation, renaming.name, by=by, reason=renaming.reason)
    _tell(renaming, by, "consented")


@transaction.atomic
def refuse_renaming(renaming: Renaming, *, by: User, reason: str) -> None:
    """Refuse with a reason: the old name stands."""
    require(may_answer_renaming(by, renaming))
    reason = needed(reason, _("Say why the new name is refused; the unit reads it."))
    move(renaming, "refuse", by=by, reason=reason)
    renaming.answer = reason
    _decided(renaming, by)
    _tell(renaming, by, "refused")


def _check(organisation: Organisation, name: str) -> None:
    if not name.strip() or name.strip() == organisation.name:
        raise Refused(_("Give the new name; it must differ from the present one."))
    if organisation.renamings.filter(state=Renaming.State.ASKED).exists():
        raise Refused(_("A new name is waiting for the district's consent already; take that back first."))


def _decided(renaming: Renaming, by: User) -> None:
    renaming.decided_by, renaming.decided_at = by, clock.now()
    renaming.save(update_fields=["answer", "decided_by", "decided_at"])


def _tell(renaming: Renaming, by: User, what: str) -> None:
    """Both sides: the unit's owner and who asked, and the district's other officers."""
    unit = {renaming.asked_by, *renaming.organisation.members.filter(org_role=User.OrgRole.OWNER)}
    template = f"applications/mail/renaming_{what}.txt"
    notify(sorted(unit, key=lambda person: person.pk), template, about=renaming, renaming=renaming)
    others = [one for one in holders(renaming.authority, Post.Role.OFFICER) if one != by]
    notify(others, template, about=renaming, renaming=renaming)
