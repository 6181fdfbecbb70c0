"""Posting the candidates, and the end of a posting."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.core import Refused, require
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.outbox.notify import notify
from zaiti.programmes.models import Cycle
from zaiti.publicity.models import Posting
from zaiti.publicity.publishing import check_new, publish, tell_names
from zaiti.publicity.queries import names_of, open_objections
from zaiti.publicity.rules import may_post
from zaiti.ranking.models import Candidate


@transaction.atomic
def post_candidates(
    cycle: Cycle, authority: Authority, *, by: User, candidates: Collection[Candidate]
) -> Posting:
    """Post listed names for the cycle's working days; the day of posting is not counted."""
    require(may_post(by, authority))
    rows = held(candidates)
    if not rows:
        raise Refused(_("There is no name to post."))
    check_new(rows, cycle, authority, by)
    last_day = clock.add_working_days(clock.today(), cycle.publicity_days)
    for row in rows:
        move(row, "post", by=by, last_day=last_day)
    posting = publish(cycle, authority, by, [(row, last_day, False) for row in rows])
    record("post", posting, by=by, names=[row.pk for row in rows], days=posting.days, last_day=last_day)
    tell_names(posting)
    return posting


@transaction.atomic
def close_posting(posting: Posting, *, by: User | None) -> None:
    """End a posting after its last day; names without an open objection have passed."""
    require(by is None or may_post(by, posting.authority))
    if clock.now() < clock.end_of_day(posting.last_day):
        raise Refused(_("The posting runs until 24:00 of %(day)s.") % {"day": posting.last_day.isoformat()})
    move(posting, "close", by=by)
    posting.closed_at = clock.now()
    posting.save(update_fields=["closed_at"])
    clear_ended(posting, by=by)


@transaction.atomic
def clear_ended(posting: Posting, *, by: User | None) -> list[Candidate]:
    """Pass the names whose own last day is over and that no open objection holds."""
    require(by is None or may_post(by, posting.authority))
    ended = [n.candidate for n in names_of(posting) if clock.now() >= clock.end_of_day(n.last_day)]
    rows = held(ended)
    disputed = set(open_objections(rows).values_list("candidate_id", flat=True))
    passed = [row for row in rows if row.state == Candidate.State.POSTED and row.pk not in disputed]
    for row in passed:
        move(row, "clear", by=by)
        notify(
            row.review.application.contact,
            "publicity/mail/cleared.txt",
            about=row.review.application,
            candidate=row,
        )
    return passed


def held(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Lock these names, always in the same order, and read them as they are now."""
    keys = [candidate.pk for candidate in candidates]
    locked = Candidate.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys).order_by("pk")
    rows = locked.select_related(
        "review__application__organisation", "review__application__contact", "carrier_type", "list"
    )
    return sorted(rows, key=lambda row: (row.carrier_type.order, row.rank))
