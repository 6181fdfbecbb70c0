"""From a finished panel to the approved candidate list, and to successors."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Post, User
from zaiti.accounts.queries import holders
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.countersigned.actions import approve, prepare, send_back
from zaiti.countersigned.queries import to_approve, to_mend
from zaiti.countersigned.rules import may_send_back
from zaiti.drafts.merging import Seen, merge_all
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.outbox.notify import notify
from zaiti.panels.models import Panel, Review
from zaiti.papers.actions import issue
from zaiti.programmes.models import Quota
from zaiti.ranking.guards import check_decision, check_meeting, within_quota
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.ranking.order import pass_line, ranked
from zaiti.ranking.papers import SUMMARY, summary_facts, summary_title
from zaiti.ranking.queries import entrant_of, next_in_line, places, present
from zaiti.ranking.rules import may_rank


@transaction.atomic
def make_list(panel: Panel, *, by: User) -> CandidateList:
    """Rank a finished panel's applications: order, pass line, ties and the quota's cut."""
    require(may_rank(by, panel.authority))
    reviews = _finished(panel)
    made = CandidateList.objects.create(
        panel=panel,
        cycle=panel.cycle,
        authority=panel.authority,
        carrier_type=panel.carrier_type,
        made_at=clock.now(),
    )
    Candidate.objects.bulk_create(_candidates(made, reviews))
    rows = present(made)
    Candidate.objects.bulk_update(rows, ["suggested", "tied", "tie_note"])
    record("make_list", made, by=by, ranking=[_fact(row) for row in rows])
    return made


@transaction.atomic
def decide_list(
    candidate_list: CandidateList,
    *,
    by: User,
    meeting_on: date,
    meeting_text: str,
    listed: Collection[int],
    reasons: Mapping[int, str],
    seen: Seen | None = None,
) -> None:
    """Write down whom the meeting lists, with a reason for each departure from the ranking."""
    require(may_rank(by, candidate_list.authority))
    rows = _held(candidate_list)
    check_meeting(meeting_on)
    typed: dict[str, Any] = {"meeting_on": meeting_on, "meeting_text": meeting_text}
    typed |= {_why(row): reasons.get(row.pk, "").strip() for row in rows}
    stored = _written(candidate_list, rows)
    made = stored | merge_all(candidate_list, stored, typed, by=by, seen=seen)
    check_decision(rows, listed, {row.pk: made[_why(row)] for row in rows}, places(candidate_list))
    given = {row.pk: made[_why(row)] for row in rows if (row.pk in listed) != row.suggested}
    prepare(candidate_list, by=by, meeting_on=meeting_on, listed=sorted(listed), departures=given)
    candidate_list.meeting_on, candidate_list.meeting_text = made["meeting_on"], made["meeting_text"]
    candidate_list.save(update_fields=["meeting_on", "meeting_text"])
    _list_names(rows, by, listed, given)
    facts = {"list": candidate_list, "names": len(listed)}
    notify(to_approve(candidate_list), "ranking/mail/decided.txt", about=candidate_list, **facts)


@transaction.atomic
def send_back_list(candidate_list: CandidateList, *, by: User, reason: str) -> None:
    """Give a decided list back to the meeting's writer; the places become free again."""
    require(may_send_back(by, candidate_list))
    _held(candidate_list)
    send_back(candidate_list, by=by, reason=reason)
    for row in candidate_list.candidates.filter(state=Candidate.State.LISTED):
        move(row, "unlist", by=by)
    facts = {"list": candidate_list, "reason": candidate_list.sent_back_reason}
    notify(to_mend(candidate_list), "ranking/mail/sent_back.txt", about=candidate_list, **facts)


@transaction.atomic
def approve_list(candidate_list: CandidateList, *, by: User) -> None:
    """Approve the meeting's decision, by another person than its writer."""
    approve(candidate_list, by=by)
    candidate_list.paper = issue(
        SUMMARY,
        by=by,
        authority=candidate_list.authority,
        title=summary_title(candidate_list),
        facts=summary_facts(candidate_list),
    )
    candidate_list.save(update_fields=["paper"])
    officers = holders(candidate_list.authority, Post.Role.OFFICER)
    notify(officers, "ranking/mail/approved.txt", about=Candidate, list=candidate_list)


@transaction.atomic
def name_successor(
    blocked: Candidate, *, by: User, reason: str, choice: Candidate | None = None
) -> Candidate:
    """Open a blocked name's place to the next that passes; among equals the meeting chooses."""
    require(may_rank(by, blocked.authority))
    reason = needed(reason, _("Say why this name follows; it goes on record."))
    _held(blocked.list)
    blocked.refresh_from_db()
    if blocked.state != Candidate.State.BLOCKED or hasattr(blocked, "successor"):
        raise Refused(_("This place is not open to a successor."))
    chosen = _follower(next_in_line(blocked), choice)
    chosen.successor_of, chosen.named_by, chosen.deviation_reason = blocked, by, reason
    chosen.save(update_fields=["successor_of", "named_by", "deviation_reason"])
    with within_quota():
        move(chosen, "list", by=by, successor_of=blocked.pk, reason=reason)
    colleagues = holders(blocked.authority, Post.Role.OFFICER, Post.Role.REVIEWER, Post.Role.APPROVER)
    notify(colleagues, "ranking/mail/successor.txt", about=Candidate, blocked=blocked, successor=chosen)
    return chosen


def _finished(panel: Panel) -> list[Review]:
    panel.refresh_from_db(from_queryset=Panel.objects.select_for_update(no_key=True))
    if CandidateList.objects.filter(panel=panel).exists():
        raise Refused(_("This panel's applications are ranked already."))
    reviews = list(panel.reviews.select_related("application"))
    unscored = [review for review in reviews if review.state != Review.State.SCORED]
    if panel.state != Panel.State.CLOSED or unscored:
        raise Refused(
            _("The panel has not finished yet; the ranking is made when every application is scored.")
        )
    if not reviews:
        raise Refused(_("There is nothing to rank: the panel had no application."))
    return reviews


def _candidates(made: CandidateList, reviews: list[Review]) -> list[Candidate]:
    line, by_key = pass_line(made.panel.rubric), {review.pk: review for review in reviews}
    order = ranked([entrant_of(review) for review in reviews], made.cycle.tie_order)
    found = []
    for rank, row in enumerate(order, 1):
        failures = line.failures(row.total, row.categories)
        candidate = Candidate(
            list=made, review=by_key[row.key], rank=rank, total=row.total, passes=not failures
        )
        candidate.cycle, candidate.authority, candidate.carrier_type = (
            made.cycle,
            made.authority,
            made.carrier_type,
        )
        candidate.fails_because = "；".join(failures)[:300]
        found.append(candidate)
    return found


def _held(candidate_list: CandidateList) -> list[Candidate]:
    """Hold the quota, then the list, so that others wait here; give the ranking as it is now."""
    kind, authority = candidate_list.carrier_type, candidate_list.authority
    list(
        Quota.objects.select_for_update(no_key=True, of=("self",)).filter(
            carrier_type=kind, authority=authority
        )
    )
    candidate_list.refresh_from_db(from_queryset=CandidateList._base_manager.select_for_update(no_key=True))
    return present(candidate_list)


def _written(candidate_list: CandidateList, rows: list[Candidate]) -> dict[str, Any]:
    """What was written down before, by field."""
    of = {"meeting_on": candidate_list.meeting_on, "meeting_text": candidate_list.meeting_text}
    return of | {_why(row): row.deviation_reason for row in rows}


def _why(row: Candidate) -> str:
    """What the field of a name's reason is called."""
    return f"reason_{row.pk}"


def _list_names(rows: list[Candidate], by: User, listed: Collection[int], given: Mapping[int, str]) -> None:
    for row in rows:
        row.deviation_reason = given.get(row.pk, "")
    Candidate.objects.bulk_update(rows, ["suggested", "tied", "tie_note", "deviation_reason"])
    with within_quota():
        for row in rows:
            if row.pk in listed:
                move(row, "list", by=by)


def _follower(equals: list[Candidate], choice: Candidate | None) -> Candidate:
    if not equals:
        raise Refused(_("Nobody else reaches the pass line; the place stays empty."))
    if choice is None and len(equals) > 1:
        names = ", ".join(str(row) for row in equals)
        raise Refused(
            _("%(names)s are equal in every figure; the meeting must choose one.") % {"names": names}
        )
    if choice is not None and choice.pk not in {row.pk for row in equals}:
        raise Refused(_("Only the next in the ranking can follow."))
    return next(row for row in equals if choice is None or row.pk == choice.pk)


def _fact(row: Candidate) -> dict[str, object]:
    return {"candidate": row.pk, "rank": row.rank, "total": str(row.total), "suggested": row.suggested}
