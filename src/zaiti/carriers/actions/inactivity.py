"""Training that lies long back: the clock alerts, then opens a check that a person settles [N2 五][D]."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Post, User
from zaiti.accounts.queries import holders
from zaiti.carriers.models import Carrier, InactivityCheck
from zaiti.carriers.queries import counted_from, follow_up_policy, months_since, owners
from zaiti.carriers.rules import may_follow_up
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.ledger.chain import record
from zaiti.outbox.notify import notify


@transaction.atomic
def look_at(carrier: Carrier, *, by: User | None = None) -> InactivityCheck | None:
    """Alert at the policy's months without verified training; at its last mark open a check to settle."""
    require(by is None)
    since, rules = counted_from(carrier), follow_up_policy(carrier)
    last = rules["check_month"]
    months = months_since(since)
    mark = max((mark for mark in (*rules["alert_months"], last) if mark <= months), default=None)
    if mark is None:
        return None
    opened, new = InactivityCheck.objects.get_or_create(
        carrier=carrier,
        since=since,
        months=mark,
        defaults={"opened_at": clock.now(), "to_settle": mark == last},
    )
    if not new:
        return None
    record("open_inactivity_check", opened, by=by, months=mark, since=since)
    _tell(opened)
    return opened


@transaction.atomic
def settle_inactivity_check(check: InactivityCheck, *, by: User, conclusion: str) -> None:
    """A person says what the missing data means; it alone revokes nothing."""
    require(may_follow_up(by, check.carrier))
    conclusion = needed(conclusion, _("Say what was found; it goes on record."))
    check.refresh_from_db(from_queryset=InactivityCheck.objects.select_for_update(no_key=True))
    if not check.to_settle or check.settled_at:
        raise Refused(_("There is nothing to settle here any more."))
    check.settled_by, check.settled_at, check.conclusion = by, clock.now(), conclusion
    check.save(update_fields=["settled_by", "settled_at", "conclusion"])
    record("settle_inactivity_check", check, by=by)


def _tell(check: InactivityCheck) -> None:
    carrier = check.carrier
    notify(owners(carrier), "carriers/mail/inactive.txt", about=carrier, check=check)
    readers = holders(carrier.authority, Post.Role.OFFICER)
    if check.to_settle and carrier.authority.city:
        readers += holders(carrier.authority.city, Post.Role.OFFICER)
    notify(readers, "carriers/mail/inactive_bureau.txt", about=carrier, check=check)
