"""Take from an allowance in one statement: PostgreSQL's row lock makes it atomic, its clock times it."""

from datetime import timedelta
from math import ceil
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaiti.core import Refused
from zaiti.limits import standing_apart

SPEND = """
    INSERT INTO limits_spent AS spent (name, ats, costs, ends)
    VALUES (%(name)s, ARRAY[clock_timestamp()], ARRAY[%(cost)s::bigint], clock_timestamp() + %(per)s)
    ON CONFLICT (name) DO UPDATE SET (ats, costs, ends) = (
        SELECT array_agg(at) || clock_timestamp(), array_agg(cost) || %(cost)s::bigint,
            clock_timestamp() + %(per)s
        FROM unnest(spent.ats, spent.costs) AS hit (at, cost) WHERE at > clock_timestamp() - %(per)s)
    WHERE %(cost)s + (
        SELECT coalesce(sum(cost), 0) FROM unnest(spent.ats, spent.costs) AS hit (at, cost)
        WHERE at > clock_timestamp() - %(per)s) <= %(most)s
    RETURNING true
"""
# The wait is over when the latest of those that leave too little room has left the window.
WAIT = """
    SELECT extract(epoch FROM max(at) + %(per)s - clock_timestamp()) FROM (
        SELECT at, sum(cost) OVER (ORDER BY at DESC) AS since
        FROM limits_spent, unnest(ats, costs) AS hit (at, cost) WHERE name = %(name)s
    ) AS hits WHERE since > %(most)s - %(cost)s
"""


class TooMany(Refused):
    """It was done too often; the message says when it may be done again."""

    def __init__(self, retry_after: float) -> None:
        self.retry_after = max(1, ceil(retry_after))
        super().__init__(_("This was done too often in a short time. Please try again in %s.") % self._wait())

    def _wait(self) -> str:
        minutes, hours = ceil(self.retry_after / 60), ceil(self.retry_after / 3600)
        if minutes <= 90:
            return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def spend(scope: str, key: str, *, most: int, per: timedelta, cost: int = 1) -> None:
    """Take `cost` from what `key` may spend in any stretch of `per`; TooMany when it is used up."""
    facts: dict[str, Any] = {"name": _name(scope, key), "most": most, "per": per, "cost": cost}
    if cost > most:
        raise TooMany(per.total_seconds())
    with standing_apart.cursor() as cursor:
        cursor.execute(SPEND, facts)
        if cursor.fetchone():
            return
        cursor.execute(WAIT, facts)
        [[wait]] = cursor.fetchall()
    raise TooMany(float(wait or 0))


def _name(scope: str, key: str) -> str:
    """Addresses and accounts are counted under a seal, so that the table tells nobody who came."""
    return f"{scope}:{salted_hmac('zaiti.limits', key, algorithm='sha256').hexdigest()}"
