"""Organisations and the people who act for them."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts import uscc as codes
from zaiti.accounts.models import Authority, Invitation, Organisation, User
from zaiti.accounts.rules import may_found, may_run
from zaiti.accounts.separation import hold
from zaiti.accounts.tasks import mail_invitation
from zaiti.clock.jobs import defer
from zaiti.core import Refused, require
from zaiti.drafts.merging import Seen, merge_all
from zaiti.ledger.chain import record
from zaiti.limits import spend
from zaiti.outbox.notify import notify

INVITATION_LASTS = timedelta(days=7)
DAY = timedelta(days=1)
INVITATIONS_A_DAY = 20  # of one unit, and of one person, who might register unit after unit [D]
INVITED_A_DAY = 3  # one address, by whomever [D]
# A new name is taken by applications.rename_unit, or by the district's consent.
EDITABLE = ("kind", "founded_on", "legal_person", "registered_address", "operating_address")


@transaction.atomic
def register_organisation(
    *,
    by: User,
    uscc: str,
    name: str,
    kind: str,
    district: Authority,
    **facts: object,
) -> Organisation:
    """Register a unit under its code; who registers it becomes its owner, and shows next that they may."""
    _lock_free(by)
    code = codes.normalise(uscc)
    if set(facts) - set(EDITABLE):
        raise TypeError(f"not facts of a unit: {', '.join(facts)}")
    given = {"name": name.strip(), "kind": kind, "district": district} | facts
    organisation, new = Organisation.objects.get_or_create(uscc=code, defaults=given)
    if not new:
        raise Refused(
            _(
                "This unit is registered already. Ask the person who runs its account to invite you, "
                "or claim the unit with its sealed letter of authorisation."
            )
        )
    _join(by, organisation, User.OrgRole.OWNER)
    record("register_organisation", organisation, by=by, uscc=code)
    return organisation


@transaction.atomic
def edit_organisation(
    organisation: Organisation, *, by: User, seen: Seen | None = None, **fields: object
) -> None:
    """Change what is said of a unit; its code never changes, and its name by a deed of its own."""
    require(may_run(by, organisation))
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update(no_key=True))
    stored = {name: getattr(organisation, name) for name in fields}
    changed = merge_all(organisation, stored, fields, by=by, seen=seen)
    if set(changed) - set(EDITABLE):
        raise Refused(_("A unit's credit code cannot be changed; its name is changed by renaming it."))
    for name, value in changed.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(changed))
    record("edit_organisation", organisation, by=by, changed=changed)


@transaction.atomic
def invite_member(organisation: Organisation, *, by: User, name: str, email: str) -> Invitation:
    """Send a colleague a link that lets them in once, until it lapses."""
    require(may_run(by, organisation))
    spend("invitation", str(organisation.pk), most=INVITATIONS_A_DAY, per=DAY)
    spend("invitation by", str(by.pk), most=INVITATIONS_A_DAY, per=DAY)
    spend("invitation to", email.strip().casefold(), most=INVITED_A_DAY, per=DAY)
    now = clock.now()
    invitation = organisation.invitations.create(
        name=name.strip(),
        email=email,
        token=secrets.token_urlsafe(32),
        by=by,
        sent_at=now,
        lapses_at=now + INVITATION_LASTS,
    )
    record("invite_member", invitation, by=by)
    defer(mail_invitation, invitation=invitation.pk)
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User, arrived: datetime | None = None) -> None:
    """Join the unit one was invited to."""
    _lock_free(by)
    _lock_live(invitation, arrived or clock.now())
    invitation.used_by = by
    invitation.save(update_fields=["used_by"])
    _join(by, invitation.organisation, User.OrgRole.MEMBER)
    record("accept_invitation", invitation, by=by)
    notify(
        invitation.by,
        "accounts/mail/member_joined.txt",
        about=invitation.organisation,
        member=by,
        organisation=invitation.organisation,
    )


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User) -> None:
    """Make an open invitation worthless."""
    require(may_run(by, invitation.organisation))
    _lock_live(invitation, clock.now())
    invitation.revoked_at = clock.now()
    invitation.save(update_fields=["revoked_at"])
    record("revoke_invitation", invitation, by=by)


@transaction.atomic
def remove_member(user: User, *, by: User) -> None:
    """End someone's acting for the unit; a member may also leave."""
    organisation = user.organisation
    require(organisation is not None and (may_run(by, organisation) or by == user))
    if user.org_role == User.OrgRole.OWNER:
        raise Refused(_("The owner cannot leave: hand the account over to a colleague first."))
    user.organisation, user.org_role = None, ""
    user.save(update_fields=["organisation", "org_role"])
    record("remove_member", user, by=by, organisation=str(organisation))
    notify(user, "accounts/mail/member_removed.txt", about=organisation, organisation=organisation)


@transaction.atomic
def hand_over(user: User, *, by: User) -> None:
    """Make a colleague the owner; the former owner stays as a member."""
    organisation = by.organisation
    require(organisation is not None and may_run(by, organisation))
    if user.organisation_id != by.organisation_id or user == by:
        raise Refused(_("The account can only be handed over to another member of the unit."))
    if organisation is None or not organisation.confirmed:
        raise Refused(_("The unit is not confirmed yet: its letter names you. Hand the account over later."))
    _join(by, organisation, User.OrgRole.MEMBER)
    _join(user, organisation, User.OrgRole.OWNER)
    record("hand_over", user, by=by, organisation=str(organisation))
    notify(
        user, "accounts/mail/owner_handed_over.txt", about=organisation, organisation=organisation, former=by
    )


def _lock_free(user: User) -> None:
    """Hold the person's row: nobody joins two units at once."""
    hold(user)
    require(may_found(user))


def _join(user: User, organisation: Organisation | None, role: str) -> None:
    user.organisation, user.org_role = organisation, role
    user.save(update_fields=["organisation", "org_role"])


def _lock_live(invitation: Invitation, arrived: datetime) -> None:
    """Read the invitation again, locked; stop unless it still lets someone in."""
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update(no_key=True))
    if invitation.used_by_id:
        raise Refused(_("This invitation was used already."))
    if invitation.revoked_at:
        raise Refused(_("This invitation was taken back. Please ask your colleague for a new one."))
    if not invitation.is_live(arrived):
        raise Refused(_("This invitation has lapsed. Please ask your colleague for a new one."))
