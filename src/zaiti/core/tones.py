"""The five tones in which a state or a deed is shown; `web/ui/tones.py` gives each its shape."""

from typing import Self

from django.db.models import TextChoices

QUIET, ACTIVE, ATTENTION, LATE, DONE = "quiet", "active", "attention", "late", "done"
TONES: dict[str, str] = {}  # by the state's value: one word looks the same everywhere


class Toned(TextChoices):
    """States with their tone: `RETURNED = "returned", ATTENTION, _("returned")`; without one, under way."""

    def __new__(cls, value: str, tone: str = ACTIVE) -> Self:
        """Make one state, and have its tone known."""
        if TONES.setdefault(value, tone) != tone:
            raise ValueError(f"the state {value} is {TONES[value]} elsewhere")
        state = str.__new__(cls, value)
        state._value_ = value
        return state
