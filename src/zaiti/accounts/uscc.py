"""Unified social credit codes (GB 32100-2015): one spelling, and what is wrong with a bad one."""

from django.utils.translation import gettext as _
from stdnum.cn import uscc

from zaiti.core import Refused
from zaiti.core.folding import fold

LENGTH = 18
DIGITS = "0123456789"
ALPHABET = DIGITS + "ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
REGION = range(2, 8)  # the administrative division: figures alone


def normalise(text: str) -> str:
    """Give the code in its one spelling: half-width, capitals, no spaces or dashes; or say what is wrong."""
    code = fold(text).upper()
    if wrong := _wrong_character(code) or _wrong_length(code) or _wrong_check_digit(code):
        raise Refused(wrong)
    return code


def _wrong_character(code: str) -> str:
    for place, char in enumerate(code[:LENGTH]):
        facts = {"place": place + 1, "char": char}
        if char not in ALPHABET:
            return (
                _(
                    "Character %(place)s, “%(char)s”, cannot stand in a unified social credit code: "
                    "it has digits and capital letters, but no I, O, S, V or Z."
                )
                % facts
            )
        if place in REGION and char not in DIGITS:
            return (
                _("Character %(place)s, “%(char)s”, should be a digit: characters 3 to 8 are the area code.")
                % facts
            )
    return ""


def _wrong_length(code: str) -> str:
    if len(code) == LENGTH:
        return ""
    return _("A unified social credit code has 18 characters; this one has %(count)s.") % {"count": len(code)}


def _wrong_check_digit(code: str) -> str:
    if code[-1] == uscc.calc_check_digit(code[:-1]):
        return ""
    return _(
        "The check digit (the last character) does not hold: please compare each character with the licence."
    )
