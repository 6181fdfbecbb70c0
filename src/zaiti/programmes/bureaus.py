"""The bureaus a pack names, made when they are not there yet."""

from zaiti.accounts.models import Authority
from zaiti.programmes.models import Programme
from zaiti.programmes.packs.programme import place_of, programme_of
from zaiti.programmes.packs.schema import City, District, Pack


def bureaus_of(pack: Pack) -> tuple[Authority, list[Authority]]:
    """Give the pack's city bureau and its district bureaus, in the pack's order."""
    city = _city(pack.city)
    return city, [_district(place, city) for place in pack.districts]


def programme_in(pack: Pack, city: Authority) -> Programme:
    """The pack's programme in its city; a known one keeps what it is called."""
    stated = programme_of(pack)
    facts = {"name": stated.name, "title": stated.title, "certificate": stated.certificate}
    return Programme.objects.get_or_create(city=city, code=stated.code, defaults=facts)[0]


def _city(named: City) -> Authority:
    facts = {
        "level": Authority.Level.CITY,
        "name": named.name,
        "place": place_of(named),
        "uscc": named.uscc or "",
        "doc_prefix": named.doc_prefix,
    }
    bureau = Authority.objects.get_or_create(code=named.code, city=None, defaults=facts)[0]
    if not bureau.place:  # made by hand, or before bureaus had one
        bureau.place = place_of(named)
        bureau.save(update_fields=["place"])
    return bureau


def _district(named: District, city: Authority) -> Authority:
    facts = {
        "level": Authority.Level.DISTRICT,
        "name": named.authority,
        "district": named.name,
        "uscc": named.uscc or "",
        "doc_prefix": named.doc_prefix,
    }
    return Authority.objects.get_or_create(code=named.code, city=city, defaults=facts)[0]
