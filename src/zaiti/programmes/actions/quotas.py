"""The city's plan: quotas, their moves, the cap, and a word to a late district."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, Post, User
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.drafts.merging import Seen, merge_all
from zaiti.ledger.chain import record
from zaiti.outbox.notify import notify
from zaiti.programmes.guards import guarded
from zaiti.programmes.models import Cycle, Nudge, Quota, QuotaMove
from zaiti.programmes.queries import officials
from zaiti.programmes.rules import may_plan

Places = dict[tuple[int, int], int]


@transaction.atomic
def set_quotas(cycle: Cycle, *, by: User, places: Places, seen: Seen | None = None) -> None:
    """Set the plan's cells, keyed by (district, type); all of them or none."""
    require(may_plan(by, cycle))
    _lock_open(cycle)
    kept = {(row.authority_id, row.carrier_type_id): row for row in cycle.quotas.select_related("authority")}
    _all_known(cycle, places)
    stored = {at: kept[at].places if at in kept else 0 for at in places}
    written = merge_all(cycle, _cells(stored), _cells(places), by=by, seen=seen)
    changed = {at: number for at, number in places.items() if cell(at) in written}
    for at in changed:
        _not_frozen(kept.get(at))
    _within_cap(cycle, {at: row.places for at, row in kept.items()} | changed)
    with guarded():
        for at in sorted(changed, key=lambda at: changed[at] - stored[at]):
            _save(cycle, at, changed[at])
    record(
        "set_quotas", cycle, by=by, places={f"{d}:{t}": number for (d, t), number in sorted(changed.items())}
    )


def cell(at: tuple[int, int]) -> str:
    """Name a cell of the plan, as its field is named."""
    return f"q-{at[0]}-{at[1]}"


def _cells(places: Places) -> dict[str, int]:
    return {cell(at): number for at, number in places.items()}


@transaction.atomic
def move_quota(source: Quota, target: Quota, *, by: User, places: int, reason: str) -> QuotaMove:
    """Move unused places of one type from one district to another, on record."""
    cycle = source.cycle
    require(may_plan(by, cycle))
    _lock_open(cycle)
    _may_move(cycle, source, target)
    reason = needed(reason, _("Give the reason for the move; it goes on record."))
    for quota in (source, target):
        quota.refresh_from_db(from_queryset=Quota.objects.select_for_update(no_key=True))
    if not 1 <= places <= source.places:
        raise Refused(
            _("%(district)s has %(places)s places of this type; at least 1 and at most all of them can move.")
            % {"district": source.authority.district, "places": source.places}
        )
    with guarded():
        _change(source, -places)
        _change(target, places)
    moved = QuotaMove.objects.create(
        cycle=cycle, source=source, target=target, places=places, reason=reason, by=by, at=clock.now()
    )
    record("move_quota", moved, by=by, source=source.pk, target=target.pk, places=places, reason=reason)
    notify(_both(source, target), "programmes/mail/quota_moved.txt", about=moved, move=moved)
    return moved


@transaction.atomic
def change_cap(cycle: Cycle, *, by: User, cap: int) -> None:
    """Change the most carriers the city may recognise this year; never below what is given out."""
    require(may_plan(by, cycle))
    if cap < 1:
        raise Refused(_("A year's cap is at least 1."))
    _lock_open(cycle)
    old, cycle.cap = cycle.cap, cap
    with guarded():
        cycle.save(update_fields=["cap"])
    record("change_cap", cycle, by=by, old=old, new=cap)


@transaction.atomic
def nudge(cycle: Cycle, authority: Authority, *, by: User, text: str) -> Nudge:
    """Remind a district's officers of what is late; the same words once a day."""
    require(may_plan(by, cycle))
    _lock_open(cycle)
    if not cycle.districts.filter(pk=authority.pk).exists():
        raise Refused(_("%(bureau)s has no part in this year.") % {"bureau": authority.name})
    if cycle.nudges.filter(authority=authority, text=text, at__date=clock.today()).exists():
        raise Refused(_("%(bureau)s was reminded of this today already.") % {"bureau": authority.name})
    sent = Nudge.objects.create(cycle=cycle, authority=authority, by=by, at=clock.now(), text=text)
    record("nudge", sent, by=by, authority=authority.pk, text=text)
    notify(officials(authority, Post.Role.OFFICER), "programmes/mail/nudge.txt", about=sent, nudge=sent)
    return sent


def _lock_open(cycle: Cycle) -> None:
    cycle.refresh_from_db(from_queryset=Cycle.objects.select_for_update(no_key=True))
    if cycle.state == Cycle.State.CLOSED:
        raise Refused(_("The year's result is published; its plan can no longer be changed."))
    if cycle.state == Cycle.State.ABANDONED:
        raise Refused(_("The year was abandoned; nothing of it can be changed any more."))


def _all_known(cycle: Cycle, places: Places) -> None:
    districts = set(cycle.districts.values_list("pk", flat=True))
    types = set(cycle.types.values_list("pk", flat=True))
    if any(district not in districts or kind not in types for district, kind in places):
        raise Refused(_("The plan names a district or a type that is not part of this year."))
    if any(number < 0 for number in places.values()):
        raise Refused(_("A quota can't be below 0."))


def _not_frozen(quota: Quota | None) -> None:
    if quota and quota.frozen_at and quota.places:
        raise Refused(
            _("%(bureau)s has published its call with these places; move places with a reason instead.")
            % {"bureau": quota.authority.name}
        )


def _within_cap(cycle: Cycle, places: Places) -> None:
    total = sum(places.values())
    if total > cycle.cap:
        raise Refused(
            _("The quotas add up to %(total)s, %(over)s above the cap of %(cap)s; nothing was saved.")
            % {"total": total, "over": total - cycle.cap, "cap": cycle.cap}
        )


def _save(cycle: Cycle, at: tuple[int, int], number: int) -> None:
    district, kind = at
    Quota.objects.update_or_create(
        cycle=cycle, authority_id=district, carrier_type_id=kind, defaults={"places": number}
    )


def _change(quota: Quota, by: int) -> None:
    quota.places += by
    quota.save(update_fields=["places"])


def _may_move(cycle: Cycle, source: Quota, target: Quota) -> None:
    if cycle.report_deadline and clock.today() > cycle.report_deadline:
        raise Refused(_("The last day for reports is past; unused places lapse and can't be moved."))
    if source.pk == target.pk or (source.cycle_id, source.carrier_type_id) != (
        target.cycle_id,
        target.carrier_type_id,
    ):
        raise Refused(_("Places move between two districts, within one type of the same year."))


def _both(source: Quota, target: Quota) -> set[User]:
    return {*officials(source.authority, Post.Role.OFFICER), *officials(target.authority, Post.Role.OFFICER)}
