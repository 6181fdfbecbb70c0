"""The bureaus a pack names, made when they are not there yet."""

from zaiti.accounts.models import Authority
from zaiti.programmes.packs.schema import City, District, Pack


def bureaus_of(pack: Pack) -> tuple[Authority, list[Authority]]:
    """Give the pack's city bureau and its district bureaus, in the pack's order."""
    city = _city(pack.city)
    return city, [_district(place, city) for place in pack.districts]


def _city(named: City) -> Authority:
    facts = {
        "level": Authority.Level.CITY,
        "name": named.name,
        "uscc": named.uscc or "",
        "doc_prefix": named.doc_prefix,
    }
    return Authority.objects.get_or_create(code=named.code, defaults=facts)[0]


def _district(named: District, city: Authority) -> Authority:
    facts = {
        "level": Authority.Level.DISTRICT,
        "name": named.authority,
        "district": named.name,
        "city": city,
        "uscc": named.uscc or "",
        "doc_prefix": named.doc_prefix,
    }
    return Authority.objects.get_or_create(code=named.code, defaults=facts)[0]
