"""A unit's account passes to another person."""

from zaiti import clock
from zaiti.accounts.models import Authority, Organisation, User
from zaiti.applications.models import Application
from zaiti.ledger.chain import record
from zaiti.outbox.notify import notify

Role = User.OrgRole


def pass_unit(
    organisation: Organisation, to: User, *, by: User, authority: Authority, members_stay: bool = False
) -> list[User]:
    """Make a person the owner; the former owner leaves, and those whom they let in unless they may stay.

    What the unit handed in stays its own. Gives those who left.
    """
    # First the invitations: whoever accepts one at this moment is among the members afterwards.
    organisation.invitations.filter(used_by=None, revoked_at=None).update(revoked_at=clock.now())
    former = list(organisation.members.select_for_update(no_key=True).exclude(pk=to.pk).order_by("pk"))
    left = [person for person in former if person.org_role == Role.OWNER or not members_stay]
    for person in left:
        _seat(person, None, "")
    _seat(to, organisation, Role.OWNER)
    Application.objects.filter(organisation=organisation, contact__in=left).update(contact=to)
    record("pass_unit", organisation, by=by, to=str(to), left=[str(person) for person in left])
    for person in former:
        _tell(person, organisation, authority, left=person in left)
    return left


def _seat(person: User, organisation: Organisation | None, role: str) -> None:
    person.organisation, person.org_role = organisation, role
    person.save(update_fields=["organisation", "org_role"])


def _tell(person: User, organisation: Organisation, authority: Authority, *, left: bool) -> None:
    notify(
        person,
        "mandates/mail/passed.txt",
        organisation=organisation,
        authority=authority,
        left=left,
    )
