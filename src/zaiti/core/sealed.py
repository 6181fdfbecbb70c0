"""Text that rests encrypted in the database: names of objectors, phone and identity numbers."""

import base64
import hashlib
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
