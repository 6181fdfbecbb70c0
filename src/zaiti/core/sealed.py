"""Text that rests encrypted in the database: names of objectors, phone and identity numbers."""

import base64
import hashlib
import re
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(str(key).encode()).digest())) for key in keys]
    )


def sealed(text: str) -> str:
    """Give the ciphertext of a text."""
    return _box().encrypt(text.encode()).decode()


def unsealed(text: str) -> str:
    """Give the text of a ciphertext."""
    return _box().decrypt(text.encode()).decode()


# Mobile numbers of the mainland, identity numbers with their date of birth; never a part of a longer code.
OF_PEOPLE = re.compile(
    r"(?<![\w.-])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![\w.-])"
    r"|(?<!\w)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\w)",
    re.ASCII,
)


MAIL = re.compile(r"(?<![\w.+-])([\w.+-])[\w.+-]*@((?:[\w-]+\.)+\w{2,})", re.ASCII)


def mask_numbers(text: str) -> str:
    """Mask the phone and identity numbers in a text."""
    return OF_PEOPLE.sub(lambda found: masked(found.group()), text)


def mask_private(text: str) -> str:
    """Mask in a text all that leads to a person and is known by its form: numbers, mail addresses."""
    return MAIL.sub(r"\1***@\2", mask_numbers(text))


def mask_name(name: str) -> str:
    """Show only the first character of a person's name; how long it is, nobody needs to know."""
    return f"{name[:1]}**" if name else ""


class SealedField(models.TextField):  # type: ignore[type-arg]  # django-stubs' parameters are not runtime ones
    """A text column whose rows hold ciphertext; equal texts give different rows, so it can't be searched."""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return unsealed(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        return sealed(str(value)) if value else value


def masked(text: str, *, head: int = 3, tail: int = 4) -> str:
    """Show only the ends of a phone or identity number."""
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]
