"""Calls and published texts with dull defaults."""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.makers.people import city, district, holder
from tests.makers.programmes import cycle as make_cycle
from tests.makers.programmes import pack, quota, restate
from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.notices.actions import prepare_city_notice, prepare_correction, publish_amendment
from zaiti.notices.models import Call, CallType, CityNotice, Publication
from zaiti.programmes.models import CarrierType, Cycle, Rubric

_serial = itertools.count(1)


def publication(authority: Authority | None = None, **fields: Any) -> Publication:
    """A published text."""
    bureau = authority or district()
    number = next(_serial)
    return Publication.objects.create(
        **{
            "kind": Publication.Kind.GUIDE,
            "authority": bureau,
            "title": f"示例通知{number}",
            "body": "正文。",
            "index_number": f"{bureau.uscc}/{clock.today().year}-9{number:04d}",
            "made_on": clock.today(),
            "published_at": clock.now(),
            "by": fields.get("by") or holder("officer", bureau),
        }
        | fields
    )


def corrected_text(text: Publication, **given: str) -> Publication:
    """What takes a text's place, by two people."""
    by = {role: holder(role, text.authority) for role in ("officer", "approver")}
    fields = {"title": text.title, "body": f"{text.body}（更正）", "reason": "有误"} | given
    made = prepare_correction(text, by=by["officer"], **fields)
    return publish_amendment(made, by=by["approver"])


def city_notice() -> CityNotice:
    """The city's notice to its districts on 2025, put before the approver."""
    year = make_cycle(2025)
    facts = pack("shenzhen-2025").model_dump(mode="json")
    here = [place for place in facts["districts"] if place["code"] == "luohu"]
    restate(year, **facts | {"districts": here})
    quota(carrier_type=year.types.get(code="base"))
    return prepare_city_notice(year, by=holder("officer", city()))


def call(
    cycle: Cycle | None = None,
    authority: Authority | None = None,
    *,
    state: str = Call.State.PUBLISHED,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    types: Sequence[CarrierType] | None = None,
    prepared_by: User | None = None,
    **fields: Any,
) -> Call:
    """A district's call for all three types, published and open by default (five days ago, ten more)."""
    year, bureau, now = cycle or make_cycle(), authority or district(), clock.now()
    year.districts.add(bureau)
    made = Call.objects.create(
        **{
            "cycle": year,
            "authority": bureau,
            "state": state,
            "title": f"{bureau.name}关于开展{year.year}年度认定工作的通知",
            "opens_at": opens_at or now - timedelta(days=5),
            "closes_at": closes_at or now + timedelta(days=10),
            "contact_office": bureau.name,
            "contact_phone": "00000000",
            "prepared_by": prepared_by or (None if state == Call.State.DRAFT else holder("officer", bureau)),
        }
        | fields
    )
    for kind in types if types is not None else year.types.all():
        CallType.objects.create(call=made, carrier_type=kind, rubric=_rubric(kind, bureau))
    if state == Call.State.PUBLISHED:
        _publish(made)
    return made


def _rubric(kind: CarrierType, bureau: Authority) -> Rubric:
    return kind.rubrics.filter(authority=bureau).first() or kind.rubrics.get(authority=None, version=1)


def _publish(made: Call) -> None:
    made.approved_by = holder("approver", made.authority)
    made.published_at = made.opens_at
    made.publication = publication(
        made.authority, kind="call", cycle=made.cycle, title=made.title, by=made.approved_by
    )
    made.save()
    Rubric.objects.filter(pk__in=made.types.values("rubric")).update(frozen_at=made.published_at)
