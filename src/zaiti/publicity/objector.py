"""An objection is made under one's real name: what counts as one."""

from typing import NotRequired, TypedDict

from django.utils.translation import gettext as _
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from zaiti.core import Refused

SHORTEST_NAME = 2


class Objector(TypedDict):
    """Who objects; every word of it rests sealed."""

    name: str
    identity_number: str
    phone: str
    email: NotRequired[str]
    unit: NotRequired[str]


def checked(person: Objector) -> dict[str, str]:
    """Give the person's particulars in their one form, or refuse what can't be a real one's."""
    phone = person["phone"].strip()
    if not phone:
        raise Refused(_("Please give a telephone number under which you can be reached. It is kept secret."))
    return {
        "name": real_name(person["name"]),
        "identity_number": real_identity(person["identity_number"]),
        "phone": phone,
        "email": person.get("email", "").strip(),
        "unit": person.get("unit", "").strip(),
    }


def real_name(name: str) -> str:
    """Give the name, or refuse: anonymous objections are not taken."""
    name = " ".join(name.split())
    if len(name) < SHORTEST_NAME or any(character.isdigit() for character in name) or "匿名" in name:
        raise Refused(
            _("Objections are taken under a real name only; please give your own. It is kept secret.")
        )
    return name


def real_identity(number: str) -> str:
    """Give the identity number in its one form, or refuse it when its check digit does not hold."""
    try:
        return str(ric.validate(number.strip().upper()))
    except ValidationError as error:
        raise Refused(_("The identity number does not check; please copy its 18 characters.")) from error
