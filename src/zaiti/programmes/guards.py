"""What the database refuses of quotas and caps, as sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zaiti.core import Refused

SENTENCES = {
    "quota_cap": _(
        "The quotas would pass the year's cap; nothing was saved. Lower a quota or raise the cap first."
    ),
    "list_quota": _(
        "Candidates already hold these places; nothing was saved. Leave a place for each candidate."
    ),
}


@contextmanager
def guarded() -> Iterator[None]:
    """Turn a refusal of the database's own guards into a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        sentence = SENTENCES.get(cast(Any, error.__cause__).diag.constraint_name or "")
        if sentence is None:
            raise
        raise Refused(str(sentence)) from error
