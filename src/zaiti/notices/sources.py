"""What a call's text is written from, read once: the year's policy, types, rubrics, materials and places."""

from dataclasses import dataclass

from zaiti.notices.models import Call, CityNotice
from zaiti.programmes.models import CarrierType, Cycle, Quota, Rubric
from zaiti.programmes.packs import Pack
from zaiti.programmes.queries import policy, rubrics_for


@dataclass(frozen=True)
class Source:
    """One call with all its text needs."""

    call: Call
    pack: Pack
    kinds: list[CarrierType]
    rubrics: list[Rubric]
    places: list[tuple[CarrierType, int]]
    places_are_sample: bool
    city_number: str  # of the city's own notice


def gather(call: Call) -> Source:
    """Read it in two queries, three for a draft, whose rubrics are still the latest ones."""
    rows = call.types.select_related("carrier_type", "rubric")
    kinds = [row.carrier_type for row in rows]
    rubrics = (
        rubrics_for(kinds, call.authority) if call.state == Call.State.DRAFT else [r.rubric for r in rows]
    )
    pack = policy(call.cycle)
    quotas = list(call.cycle.quotas.select_related("authority", "carrier_type"))
    own = {quota.carrier_type_id: quota.places for quota in quotas if quota.authority_id == call.authority_id}
    places = [(kind, own[kind.pk]) for kind in kinds if own.get(kind.pk)]
    return Source(call, pack, kinds, rubrics, places, _are_sample(quotas, pack), _number(pack, call.cycle))


def _number(pack: Pack, cycle: Cycle) -> str:
    """As the pack has it, else the one that it was published under here."""
    if pack.notice.doc_number or pack.level == "district":
        return pack.notice.doc_number or ""
    out = CityNotice.objects.filter(cycle=cycle).exclude(publication=None)
    return out.values_list("publication__doc_number", flat=True).first() or ""


def _are_sample(quotas: list[Quota], pack: Pack) -> bool:
    given = {(quota.authority.code, quota.carrier_type.code): quota.places for quota in quotas}
    samples = [(place.code, place.sample_quotas) for place in pack.districts if place.sample_quotas]
    same = [
        all(given.get((code, kind)) == number for kind, number in sample.by_type.items())
        for code, sample in samples
    ]
    return 2 * sum(same) > len(pack.districts)
