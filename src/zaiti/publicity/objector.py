"""An objection is made under one's real name: what counts as one."""

import unicodedata
from typing import NotRequired, TypedDict

from django.utils.translation import gettext as _

from zaiti.accounts import identity
from zaiti.core import Refused

SIGNS = ("Nl", "Co", "Cn")


class Objector(TypedDict):
    """Who objects; every word of it rests sealed."""

    name: str
    identity_number: str
    identity_kind: NotRequired[str]
    phone: str
    email: NotRequired[str]
    unit: NotRequired[str]


def checked(person: Objector) -> dict[str, str]:
    """Give the person's particulars in their one form, or refuse what can't be a real one's."""
    phone, kind = person["phone"].strip(), person.get("identity_kind") or identity.Kind.RESIDENT
    if not phone:
        raise Refused(_("Please give a telephone number under which you can be reached. It is kept secret."))
    return {
        "name": real_name(person["name"]),
        "identity_kind": kind,
        "identity_number": identity.normalise(person["identity_number"], kind),
        "phone": phone,
        "email": person.get("email", "").strip(),
        "unit": person.get("unit", "").strip(),
    }


def real_name(name: str) -> str:
    """Give the name, however short or rare its signs, or refuse: anonymous objections are not taken."""
    name = " ".join(name.split())
    if not any(map(_is_sign, name)) or any(map(str.isdigit, name)) or "匿名" in name:
        raise Refused(
            _("Objections are taken under a real name only; please give your own. It is kept secret.")
        )
    return name


def _is_sign(character: str) -> bool:
    """A letter or a sign of a name; rare ones stand in private or new places of Unicode (Co, Cn)."""
    return unicodedata.category(character) in SIGNS or character.isalpha()
