"""When a request reached the server, before any queue: what a deed with a deadline is judged by."""

import math
import time
from datetime import datetime, timedelta

from django.http import HttpRequest

from zaiti import clock

# Put there by the server itself: headers that a client sends come as HTTP_… and can't be it.
STAMP = "zaiti.arrived"


def arrived_at(request: HttpRequest) -> datetime:
    """The moment by the procedure's clock; without a stamp, now."""
    return clock.now() - timedelta(seconds=_waited(request.META.get(STAMP)))


def _waited(stamp: object) -> float:
    if not isinstance(stamp, float) or not math.isfinite(stamp):
        return 0.0
    return max(time.time() - stamp, 0.0)
