"""The programme of a pack: its own, or for an older pack that names none the one beside the packs."""

import re
from functools import cache

from zaiti import places
from zaiti.programmes.packs.parts import Part
from zaiti.programmes.packs.reading import read_yaml
from zaiti.programmes.packs.schema import CarrierType, City, Kind, Pack, Programme
from zaiti.programmes.packs.values import Text, TypeCode

PLACE = re.compile(r"(?:[^省]{2,8}省)?[^市州盟]{1,9}(?:市|自治州|州|盟|地区)")
FILE = places.POLICIES / "programmes" / "carriers.yaml"


class UsualType(Part):
    """What a type is called in certificate numbers."""

    code: TypeCode
    name: Text
    letters: Text


class Usual(Part):
    """The programme of the packs that name none."""

    code: str
    name: Text
    title: Text
    certificate: Text
    types: tuple[UsualType, ...]
    kinds: tuple[Kind, ...]


@cache
def usual() -> Usual:
    """Read the file."""
    return Usual.model_validate(read_yaml(FILE.read_text(encoding="utf-8")).data)


def programme_of(pack: Pack) -> Programme:
    """The pack's programme."""
    if pack.programme:
        return pack.programme
    named = usual().model_dump(include={"code", "name", "title", "certificate"})
    return Programme(source="D", **named)


def letters_of(kind: CarrierType) -> str:
    """What a type is called in certificate numbers."""
    known = {one.code: one.letters for one in usual().types}
    return kind.letters or known.get(kind.code, kind.code.upper())


def place_of(city: City) -> str:
    """The city's own name, as titles begin with it: said by the pack, else read off its bureau's name."""
    found = PLACE.match(city.name)
    return city.place or (found.group() if found else "")


def recognised(pack: Pack) -> str:
    """What is recognised, as titles and letters say it."""
    return f"{place_of(pack.city)}{programme_of(pack).name}"
