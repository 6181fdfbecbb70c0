"""A district's call: drafted, prepared, read by another, published."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, Post, User
from zaiti.core import Refused, require
from zaiti.countersigned.actions import approve, prepare, send_back
from zaiti.countersigned.queries import to_approve, to_mend
from zaiti.drafts.merging import Seen, merge_all
from zaiti.ledger.chain import record
from zaiti.notices.actions.texts import publish_text
from zaiti.notices.models import Call, CallType, CallVersion, Publication
from zaiti.notices.papers import CALL
from zaiti.notices.queries import default_title
from zaiti.notices.rules import may_draft
from zaiti.notices.sources import gather
from zaiti.notices.text import call_facts, published_body, unsigned_body
from zaiti.outbox.notify import notify
from zaiti.papers.actions import issue
from zaiti.papers.models import Paper
from zaiti.programmes.models import CarrierType, Cycle, Quota, Rubric
from zaiti.programmes.queries import officials, policy, rubric_for

KEYWORDS = "{programme} 认定工作 通知"  # [N2 head]
FIELDS = {
    "title",
    "opens_at",
    "closes_at",
    "requirements",
    "contact_office",
    "contact_phone",
    "contact_address",
    "paper_required",
    "paper_copies",
    "category",
    "numbered_elsewhere",
    "doc_number",
    "index_number",
}


@transaction.atomic
def draft_call(
    cycle: Cycle,
    authority: Authority,
    *,
    by: User,
    opens_at: datetime,
    closes_at: datetime,
    types: Sequence[CarrierType],
    title: str = "",
    **fields: Any,
) -> Call:
    """Begin a district's call for a year; one for each district."""
    require(may_draft(by, authority))
    _may_begin(cycle, authority)
    call = Call(cycle=cycle, authority=authority, opens_at=opens_at, closes_at=closes_at)
    call.title = title or default_title(cycle, authority)
    _fill(call, fields)
    call.save()
    _choose(call, types)
    record("draft", call, by=by, opens_at=opens_at, closes_at=closes_at, types=[t.code for t in types])
    return call


@transaction.atomic
def edit_call(
    call: Call,
    *,
    by: User,
    types: Sequence[CarrierType] | None = None,
    seen: Seen | None = None,
    **fields: Any,
) -> None:
    """Change a draft, where nobody else changed the same meanwhile."""
    require(may_draft(by, call.authority))
    call.refresh_from_db(from_queryset=Call.objects.select_for_update(no_key=True))
    if call.state != Call.State.DRAFT:
        raise Refused(_("The call is “%s”; only a draft can be changed.") % call.get_state_display())
    typed = fields if types is None else fields | {"types": list(types)}
    changed = merge_all(call, _stored(call, typed), typed, by=by, seen=seen)
    if "types" in changed:
        _choose(call, changed.pop("types"))
    _fill(call, changed)
    call.save()
    record("edit", call, by=by, fields=sorted(fields))


@transaction.atomic
def prepare_call(call: Call, *, by: User) -> None:
    """Put a draft before the approver, as one fixed version."""
    prepare(call, by=by)
    _complete(call)
    for row in call.types.select_related("carrier_type"):
        row.rubric = rubric_for(row.carrier_type, call.authority)
        row.save(update_fields=["rubric"])
    _keep_version(call, by)
    notify(to_approve(call), "notices/mail/prepared.txt", about=call, call=call)


@transaction.atomic
def send_back_call(call: Call, *, by: User, reason: str) -> None:
    """Give a prepared call back to its officer, with the reason."""
    send_back(call, by=by, reason=reason)
    notify(to_mend(call), "notices/mail/sent_back.txt", about=call, call=call)


@transaction.atomic
def publish_call(call: Call, *, by: User) -> Publication:
    """Approve and publish a call; its rubrics and places are frozen from now on."""
    approve(call, by=by)
    _as_prepared(call)
    _numbers_free(call)
    call.published_at = clock.now()
    _freeze(call)
    call.publication = _put_out(call, by)
    call.save()
    notify(
        _told_of_publishing(call),
        "notices/mail/published.txt",
        about=call.publication,
        call=call,
    )
    return call.publication


def _may_begin(cycle: Cycle, authority: Authority) -> None:
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    if cycle.state != Cycle.State.OPEN:
        raise Refused(_("The year is “%s”; no call can begin.") % cycle.get_state_display())
    if not cycle.districts.filter(pk=authority.pk).exists():
        raise Refused(_("%(bureau)s has no part in this year.") % {"bureau": authority.name})
    if cycle.calls.filter(authority=authority).exists():
        raise Refused(
            _("%(bureau)s has a call for this year already; go on with that one.")
            % {"bureau": authority.name}
        )


def _stored(call: Call, names: Iterable[str]) -> dict[str, Any]:
    """What stands in a draft, its types among it."""
    kinds = [row.carrier_type for row in call.types.select_related("carrier_type")]
    return {name: kinds if name == "types" else getattr(call, name, None) for name in names}


def _fill(call: Call, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(f"A call has no field {name!r} to fill in.")
        setattr(call, name, value)
    if call.closes_at <= call.opens_at:
        raise Refused(_("The window must close after it opens."))


def _choose(call: Call, types: Sequence[CarrierType]) -> None:
    if not types:
        raise Refused(_("Choose at least one carrier type."))
    if any(kind.cycle_id != call.cycle_id for kind in types):
        raise Refused(_("A carrier type belongs to another year."))
    call.types.exclude(carrier_type__in=types).delete()
    for kind in types:
        CallType.objects.get_or_create(
            call=call, carrier_type=kind, defaults={"rubric": rubric_for(kind, call.authority)}
        )


def _complete(call: Call) -> None:
    if not call.types.exists():
        raise Refused(_("Choose at least one carrier type."))
    if call.closes_at <= clock.now():
        raise Refused(_("The window has already ended; set a later closing time."))
    if not call.contact_phone:
        raise Refused(_("Fill in the office telephone that applicants may call."))
    _numbers_free(call)
    if call.paper_required and not call.contact_address:
        raise Refused(_("Paper copies are asked for; fill in the address they go to."))


def _numbers_free(call: Call) -> None:
    """Refuse a written number that another paper or text bears."""
    if call.numbered_elsewhere and Paper.objects.filter(number=call.doc_number).exclude(number="").exists():
        raise Refused(_("%(number)s is the number of another paper.") % {"number": call.doc_number})
    texts = Publication.objects.filter(index_number=call.index_number).exclude(index_number="")
    if call.numbered_elsewhere and texts.exists():
        raise Refused(_("%(number)s is the number of another paper.") % {"number": call.index_number})


def _keep_version(call: Call, by: User) -> None:
    last = call.versions.values_list("number", flat=True).first() or 0
    CallVersion.objects.create(
        call=call, number=last + 1, body=unsigned_body(gather(call)), by=by, at=clock.now()
    )


def _as_prepared(call: Call) -> None:
    version = call.versions.first()
    if version is None or version.body != unsigned_body(gather(call)):
        raise Refused(
            _("Quotas or rubrics have changed since the call was prepared; send it back to be prepared anew.")
        )


def _freeze(call: Call) -> None:
    rows = call.types.values_list("carrier_type", "rubric")
    Rubric.objects.filter(pk__in=[r for _t, r in rows], frozen_at=None).update(frozen_at=call.published_at)
    Quota.objects.filter(
        cycle=call.cycle, authority=call.authority, carrier_type__in=[t for t, _r in rows]
    ).update(frozen_at=call.published_at)


def _put_out(call: Call, by: User) -> Publication:
    paper = issue(
        CALL,
        by=by,
        authority=call.authority,
        title=call.title,
        facts=call_facts(call),
        public=True,
        number=call.doc_number if call.numbered_elsewhere else None,
    )
    return publish_text(
        Publication.Kind.CALL,
        by=by,
        authority=call.authority,
        title=call.title,
        body=published_body(call),
        cycle=call.cycle,
        keywords=_keywords(call),
        category=call.category,
        doc_number=paper.number,
        paper=paper,
        index_number=call.index_number if call.numbered_elsewhere else None,
    )


def _keywords(call: Call) -> str:
    shown = policy(call.cycle).disclosure
    return " ".join(shown.keywords) if shown else KEYWORDS.format(programme=call.cycle.programme)


def _told_of_publishing(call: Call) -> set[User]:
    return {*to_mend(call), *officials(call.cycle.city, Post.Role.OFFICER)}
