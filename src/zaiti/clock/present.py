"""What time it is; only demo mode, scratch runs and tests can set it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.utils import timezone

_held: list[datetime] = []
_shift: tuple[float, timedelta] | None = None
SHIFT_KEPT_S = 2.0


def now() -> datetime:
    """This moment, in Shanghai's time."""
    if _held:
        return timezone.localtime(_held[-1])
    if settings.CLOCK_CAN_BE_SET and not settings.TESTING:
        return timezone.localtime(timezone.now() + _kept_shift())
    return timezone.localtime()


def today() -> date:
    """This day, in Shanghai."""
    return now().date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock of this process at one moment."""
    _may_set()
    _held.append(moment)
    try:
        yield
    finally:
        _held.pop()


def set_to(moment: datetime) -> None:
    """Set the demo's clock for every process; it runs on from there."""
    global _shift
    _may_set()
    shift = moment - timezone.now()
    apps.get_model("clock", "Shift").objects.update_or_create(pk=1, defaults={"by": shift})
    _shift = None


def _may_set() -> None:
    if not settings.CLOCK_CAN_BE_SET:
        raise RuntimeError("The clock can be set in demo mode and tests alone.")


def _kept_shift() -> timedelta:
    global _shift
    if _shift is None or time.monotonic() - _shift[0] > SHIFT_KEPT_S:
        row = apps.get_model("clock", "Shift").objects.filter(pk=1).values_list("by", flat=True).first()
        _shift = (time.monotonic(), row or timedelta())
    return _shift[1]
