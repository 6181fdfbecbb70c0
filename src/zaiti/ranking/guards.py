"""What the database and the meeting's rules hold against a decision."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.core import Refused
from zaiti.core.text import says_something
from zaiti.ranking.models import Candidate
from zaiti.ranking.queries import deviates


@contextmanager
def within_quota() -> Iterator[None]:
    """Say the database's own refusal, when the places are used up, as a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != "list_quota":
            raise
        raise Refused(_("The list would hold more names than the quota has places.")) from error


def check_decision(
    rows: Sequence[Candidate], listed: Collection[int], reasons: Mapping[int, str], places: int
) -> None:
    """Refuse a decision that lists strangers, names below the line, too many, or departs without a reason."""
    known = {row.pk: row for row in rows}
    if not set(listed) <= set(known):
        raise Refused(_("Only applications of this ranking can be listed."))
    for row in (known[key] for key in listed):
        if not row.passes:
            raise Refused(_("%(name)s is below the pass line and can't be listed.") % {"name": row})
    if len(set(listed)) > places:
        raise Refused(
            _("The quota has %(places)s places; %(listed)s names were ticked. Untick some.")
            % {"places": places, "listed": len(set(listed))}
        )
    for row in rows:
        if deviates(row, listed=row.pk in listed) and not says_something(reasons.get(row.pk, "")):
            raise Refused(_("Write why the meeting departs from the ranking with %(name)s.") % {"name": row})


def check_meeting(meeting_on: date) -> None:
    """Refuse a meeting that is still to come."""
    if meeting_on > clock.today():
        raise Refused(_("The meeting's day is still to come; write its decision down afterwards."))
