"""Identity documents of people: one spelling of a number, and which part of a bad one looks wrong."""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.cn import ric

from zaiti import clock
from zaiti.core import Refused

GROUPING = ("Z", "Cf", "Pd")  # spaces, invisible signs, dashes: how people write in groups
SEPARATORS, LIKE_X = dict.fromkeys(map(ord, "−·•・.。_")), dict.fromkeys(map(ord, "×✕\u0425\u03a7"), "X")
LENGTH, FIRST_CARDS, EARLIEST_BIRTH = 18, 15, 1880
BORN_FULL, BORN_SHORT = slice(6, 14), slice(7, 13)


class Kind(models.TextChoices):
    """A document that says who somebody is; each has its own rule."""

    # Numbers of GB 11643; permits of 港澳台居民居住证 (81, 82, 83) have them too.
    RESIDENT = "resident", gettext_lazy("identity card or residence permit (18 characters)")
    PERMANENT = "permanent", gettext_lazy("foreigner's permanent residence card")
    HOME_RETURN = "home_return", gettext_lazy("mainland travel permit for Hong Kong and Macao residents")
    TAIWAN = "taiwan", gettext_lazy("mainland travel permit for Taiwan residents")
    PASSPORT = "passport", gettext_lazy("passport")


class Shape(NamedTuple):
    """How the numbers of a document without a public check digit are made, and how to say so."""

    pattern: str
    said: str


def _shapes() -> dict[str, Shape]:
    return {
        # ICAO 9303-4: nine places in the machine-readable line, letters and digits.
        Kind.PASSPORT: Shape(
            r"(?=.*\d)[A-Z0-9]{5,9}",
            _("A passport number has 5 to 9 letters and digits, at least one digit."),
        ),
        # The two digits at the end, if any, count how often the card was renewed.
        Kind.HOME_RETURN: Shape(
            r"[HM]\d{8}(\d{2})?",
            _("The number of this permit is H or M and 8 digits (or 10, with the renewals)."),
        ),
        Kind.TAIWAN: Shape(
            r"[A-Z]?\d{7,8}|\d{10}(\(?[A-Z0-9]{1,2}\)?)?",
            _("The number of this permit has 8 digits; an older one has 10, some with a letter in brackets."),
        ),
    }


def normalise(number: str, kind: str = Kind.RESIDENT) -> str:
    """Give the number in its one spelling, or refuse it, naming the part that looks wrong."""
    code = compact(number)
    if not code or kind not in Kind.values:
        raise Refused(_("Please choose an identity document and give the number that stands on it."))
    wrong = _wrong_shape(code, kind) if kind in _shapes() else _wrong_card(code, kind)
    if wrong:
        raise Refused(wrong)
    return code


def compact(number: str) -> str:
    """Half width, capitals, without the spaces and dashes of groups."""
    text = unicodedata.normalize("NFKC", number).translate(SEPARATORS)
    kept = "".join(sign for sign in text if not unicodedata.category(sign).startswith(GROUPING))
    return "".join(kept.split()).upper().translate(LIKE_X)


def _wrong_shape(code: str, kind: str) -> str:
    shape = _shapes()[kind]
    return "" if re.fullmatch(shape.pattern, code, re.ASCII) else shape.said


def _wrong_card(code: str, kind: str) -> str:
    """What is wrong with a card's number; area codes come and go, so they prove nothing."""
    if kind == Kind.PERMANENT and re.fullmatch(r"[A-Z]{3}.*", code):
        return _wrong_short(code)
    if kind == Kind.PERMANENT and not code.startswith("9"):
        return _(
            "The number of a foreigner's permanent residence card has 18 characters and begins with 9; "
            "on a card from before December 2023 it is 3 letters and 12 digits."
        )
    return _wrong_sign(code) or _wrong_length(code) or _wrong_birth(code) or _wrong_check_digit(code)


def _wrong_short(code: str) -> str:
    """The form until November 2023: nation (3 letters), place (4), date of birth (6), sequence (2)."""
    if not re.fullmatch(r"[A-Z]{3}\d{12}", code, re.ASCII):
        return _(
            "On a card from before December 2023 the number is 3 letters and 12 digits; "
            "please compare it again."
        )
    born = code[BORN_SHORT]
    if not any(_born(century + born) for century in ("19", "20")):
        return _born_wrong(born, 8, 13)
    return ""


def _wrong_sign(code: str) -> str:
    for place, sign in enumerate(code[:LENGTH]):
        if not re.fullmatch(r"[0-9]", sign) and (sign, place) != ("X", LENGTH - 1):
            facts = {"place": place + 1, "sign": sign if sign.isprintable() else "?"}
            text = (
                _("Character %(place)s, “%(sign)s”, should be a digit or X: it is the check digit.")
                if place == LENGTH - 1
                else _(
                    "Character %(place)s, “%(sign)s”, should be a digit. "
                    "If it stands on another document than an identity card, please choose that kind above."
                )
            )
            return text % facts
    return ""


def _wrong_length(code: str) -> str:
    if len(code) == LENGTH:
        return ""
    if len(code) == FIRST_CARDS:
        return _("Numbers with 15 digits are out of use; please give the 18 characters of your present card.")
    return _("An identity number has 18 characters; this one has %(count)s.") % {"count": len(code)}


def _wrong_birth(code: str) -> str:
    return "" if _born(code[BORN_FULL]) else _born_wrong(code[BORN_FULL], 7, 14)


def _born_wrong(digits: str, first: int, last: int) -> str:
    facts = {"digits": digits, "first": first, "last": last}
    return (
        _(
            "Characters %(first)s to %(last)s, “%(digits)s”, should be a date of birth; "
            "please compare them again."
        )
        % facts
    )


def _born(digits: str) -> bool:
    """Tell a day on which somebody alive can be born from one that is none."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= EARLIEST_BIRTH and born <= clock.today()


def _wrong_check_digit(code: str) -> str:
    if code[-1] == ric.calc_check_digit(code):
        return ""
    return _(
        "The check digit (the last character, “%(sign)s”) does not hold: "
        "please compare each character with your document."
    ) % {"sign": code[-1]}
